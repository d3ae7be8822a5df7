import type { Scene } from './error-cases';
import { startTestServer, type TestServer, type Tracking } from './support';

/** Two projects on one server, made before the tests of a file and gone after them. */
export interface TwoProjects {
  mine(): Tracking;
  other(): Tracking;
  /** A run of each project for the shared error cases. */
  ofRuns(): Scene;
  /** An experiment of each project for the shared error cases. */
  ofExperiments(): Scene;
}

interface Stage {
  readonly mine: Tracking;
  readonly other: Tracking;
  readonly runs: readonly [string, string];
  readonly experiments: readonly [string, string];
}

async function setStage(server: TestServer): Promise<Stage> {
  const [mine, other] = [await server.project(), await server.project()];
  const here = await mine.createExperiment();
  // Far ahead, so that the other's id is unknown here.
  const ahead = "UPDATE assay.counters SET next = next + 1000 WHERE project_id = $1 AND name = 'experiments'";
  await other.createExperiment();
  await server.database.query({ text: ahead }, [other.project.id]);
  const there = await other.createExperiment();
  const runs = [await mine.createRun(), await other.createRun()] as const;
  return { mine, other, runs, experiments: [here, there] };
}

/** Registers the hooks that build and end the stage. */
export function twoProjects(): TwoProjects {
  let server: TestServer | undefined;
  let stage: Stage | undefined;
  beforeAll(async () => {
    server = await startTestServer();
    stage = await setStage(server);
  });
  afterAll(() => server?.close());

  function current(): Stage {
    if (stage === undefined) throw new Error('The stage is set before the first test');
    return stage;
  }
  function scene(ids: 'runs' | 'experiments'): Scene {
    const { mine, other } = current();
    const [id, otherId] = current()[ids];
    return { mine, other, id, otherId };
  }
  return {
    mine: () => current().mine,
    other: () => current().other,
    ofRuns: () => scene('runs'),
    ofExperiments: () => scene('experiments'),
  };
}
