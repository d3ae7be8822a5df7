import { Injectable } from '@nestjs/common';
import { CandidatePurge, type GoingCandidate } from '../candidates';
import type { ExperimentIid, ProjectId } from '../common';
import { ExperimentPurge } from '../experiments';
import { ModelPurge, type GoingModel } from '../models';
import { FreedSum, type Freed } from './freed';
import { candidateFolder, modelFolder } from './owner-folders';
import { StoredFolders } from './stored-folders';

const page = 1_000;

/** Rows that go. */
interface Going {
  readonly candidates: readonly GoingCandidate[];
  readonly models: readonly GoingModel[];
  readonly experiments: number;
}

/** Says what a deletion for good frees, without doing it. */
@Injectable()
export class Forecast {
  constructor(
    private readonly candidates: CandidatePurge,
    private readonly experiments: ExperimentPurge,
    private readonly models: ModelPurge,
    private readonly folders: StoredFolders,
  ) {}

  /** One candidate with the models that it made. */
  async ofCandidate(project: ProjectId, candidate: GoingCandidate): Promise<Freed> {
    const models = await this.models.ofCandidates(project, [candidate.eid]);
    const going = { candidates: [candidate], models, experiments: 0 };
    return this.total(project, going, [candidateFolder(candidate), ...models.map(modelFolder)]);
  }

  /** An experiment with all that is in it. */
  async ofExperiment(project: ProjectId, iid: ExperimentIid): Promise<Freed> {
    const candidates = await everyPage((last: GoingCandidate | undefined) =>
      this.candidates.allOf(project, iid, last?.iid ?? 0, page),
    );
    const models = await this.models.ofExperiment(project, iid);
    return this.total(project, { candidates, models, experiments: 1 }, [String(iid)]);
  }

  /** All that is marked or was deleted before then, and files older than that which belong to nobody. */
  async ofExpired(project: ProjectId, before: Date): Promise<Freed> {
    const experiments = await this.experiments.due(project, before);
    const candidates = await everyPage((last: GoingCandidate | undefined) =>
      this.candidates.dueAfter(project, before, last?.iid ?? 0, page),
    );
    const models = await everyPage((last: GoingModel | undefined) =>
      this.models.dueAfter(project, before, experiments, { after: last?.id ?? '', limit: page }),
    );
    const sum = new FreedSum();
    sum.add(await this.rows(project, { candidates, models, experiments: experiments.length }));
    const going = new Set([...candidates.map(candidateFolder), ...models.map(modelFolder)]);
    const stored = await this.folders.list(project);
    for (const folder of stored) if (going.has(folder.path)) sum.add(sizeOf(folder));
    const orphans = await this.folders.orphans(project, stored);
    for (const folder of orphans) if (folder.newest < before && !going.has(folder.path)) sum.add(sizeOf(folder));
    return sum.total;
  }

  private async total(project: ProjectId, going: Going, paths: readonly string[]): Promise<Freed> {
    const sum = new FreedSum();
    sum.add(await this.rows(project, going));
    for (const path of paths) for (const folder of await this.folders.list(project, path)) sum.add(sizeOf(folder));
    return sum.total;
  }

  /** A point that a candidate logged for a model which goes too counts once. */
  private async rows(project: ProjectId, { candidates, models, experiments }: Going): Promise<Partial<Freed>> {
    const ids = models.map(({ id }) => id);
    const goingModels = new Set(ids);
    let points = 0;
    for (const some of inPages(ids)) points += await this.models.countPoints(project, some);
    for (const some of inPages(candidates)) {
      points += await this.candidates.countPoints(
        project,
        some.map(({ iid }) => iid),
      );
      const byModel = await this.models.countPointsBy(
        project,
        some.map(({ eid }) => eid),
      );
      for (const [id, count] of byModel) if (!goingModels.has(id)) points += count;
    }
    return { candidates: candidates.length, models: models.length, experiments, points };
  }
}

function sizeOf({ files, bytes }: Pick<Freed, 'files' | 'bytes'>): Pick<Freed, 'files' | 'bytes'> {
  return { files, bytes };
}

function* inPages<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let at = 0; at < items.length; at += page) yield items.slice(at, at + page);
}

/** Reads on from the last item until a page is not full. */
async function everyPage<Item>(read: (last: Item | undefined) => Promise<Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  for (;;) {
    const items = await read(all.at(-1));
    all.push(...items);
    if (items.length < page) return all;
  }
}
