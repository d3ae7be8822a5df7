import { asProjectId, type ExperimentIid, type ProjectId } from '../../src/common';
import { candidatesDefaults, CandidateChanges, CandidatesService, type CandidateWrite } from '../../src/candidates';
import { CandidatesRepository } from '../../src/candidates/changing/candidates.repository';
import { ExperimentFollower } from '../../src/candidates/changing/experiment-follower';
import { CandidateCreator } from '../../src/candidates/creating/candidate-creator';
import { TableStatistics } from '../../src/candidates/creating/table-statistics';
import { CandidateReader } from '../../src/candidates/reading/candidate-reader';
import { MetricHistory } from '../../src/candidates/reading/metric-history';
import type { NewCandidate } from '../../src/candidates';
import { CandidateSearch } from '../../src/candidates/search';
import { CandidateWriter } from '../../src/candidates/writing/candidate-writer';
import { MetricIds } from '../../src/candidates/writing/metric-ids';
import type { Database } from '../../src/database';
import { ExperimentsService } from '../../src/experiments';
import { ExperimentsRepository } from '../../src/experiments/experiments.repository';
import { ExperimentsSearch } from '../../src/experiments/search/experiments-search';

/** What a server process has of experiments and candidates. */
export interface House {
  readonly experiments: ExperimentsService;
  readonly candidates: CandidatesService;
  readonly changes: CandidateChanges;
}

/** Builds the services over a database as the modules do. */
export function openHouse(database: Database): House {
  const options = candidatesDefaults;
  const changes = new CandidateChanges();
  const experiments = new ExperimentsService(new ExperimentsRepository(database), new ExperimentsSearch(database));
  const repository = new CandidatesRepository(database, changes);
  new ExperimentFollower(experiments, repository, changes).onModuleInit();
  const candidates = new CandidatesService(
    new CandidateCreator(database, changes, new TableStatistics(database), options),
    new CandidateWriter(database, new MetricIds(database), changes, options),
    new CandidateReader(database),
    repository,
    new MetricHistory(database),
    new CandidateSearch(database),
    options,
  );
  return { experiments, candidates, changes };
}

let projects = 0;

/** An enabled project with its Default experiment. */
export async function newProject(database: Database): Promise<ProjectId> {
  projects += 1;
  const text = `INSERT INTO assay.projects (project_id, path, default_branch, visibility, enabled_by)
                VALUES ($1, $2, 'main', 'private', 'ada')`;
  await database.query({ text }, [projects, `group/p${projects}`]);
  const project = asProjectId(projects);
  await new ExperimentsRepository(database).ensureDefault(project);
  return project;
}

/** A candidate without anything special. */
export function plain(more: Partial<NewCandidate> = {}): NewCandidate {
  return {
    experimentIid: 0 as ExperimentIid,
    startedAt: 1_700_000_000_000,
    userName: 'ada',
    createdBy: 'ada',
    tags: [],
    ...more,
  };
}

/** A write without anything but what is told. */
export function writing(eid: CandidateWrite['eid'], more: Partial<CandidateWrite> = {}): CandidateWrite {
  return { eid, points: [], params: [], tags: [], ...more };
}
