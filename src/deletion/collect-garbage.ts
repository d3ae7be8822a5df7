import {
  artifactsDefaults,
  ProjectStorage,
  UploadsRepository,
  UploadSweeper,
  type ArtifactStore,
  type SweptUploads,
} from '../artifacts';
import { CandidatePurge } from '../candidates';
import type { Database } from '../database';
import { ExperimentPurge } from '../experiments';
import { mergeRequestsDefaults, openMergeRequestPurge } from '../merge-requests';
import { ModelPurge } from '../models';
import { allProjects, type KnownProject } from './all-projects';
import { Forecast } from './forecast';
import { addFreed, nothingFreed, type Freed } from './freed';
import { GarbageCollector } from './garbage-collector';
import { Purger } from './purger';
import { StoredFolders } from './stored-folders';

/** What a collection works on, outside of a server. */
export interface GarbagePlace {
  readonly database: Database;
  readonly store: ArtifactStore;
}

/** What is to be collected. */
export interface GarbageRequest {
  /** Deleted before then. */
  readonly before: Date;
  /** Says what would be freed and changes nothing. */
  readonly dryRun: boolean;
  /** A project's id or path; all projects when absent. */
  readonly project?: string;
}

/** What was, or would be, freed of one project. */
export interface ProjectGarbage extends KnownProject {
  readonly freed: Freed;
  /** Why not all of it was; absent when it was. */
  readonly trouble?: string;
}

/** What was, or would be, freed. */
export interface Garbage {
  readonly projects: readonly ProjectGarbage[];
  /** Uploads that nobody completed. */
  readonly uploads: SweptUploads;
  readonly total: Freed;
  /** Troubles that belong to no project. */
  readonly troubles: readonly string[];
}

function openCollector({ database, store }: GarbagePlace): GarbageCollector {
  const candidates = new CandidatePurge(database);
  const experiments = new ExperimentPurge(database);
  const models = new ModelPurge(database);
  const storage = new ProjectStorage(database, store, artifactsDefaults);
  const links = openMergeRequestPurge(database, mergeRequestsDefaults);
  const folders = new StoredFolders(storage, candidates, models);
  const purger = new Purger(candidates, experiments, models, links, storage);
  const forecast = new Forecast(candidates, experiments, models, folders);
  return new GarbageCollector(candidates, experiments, models, purger, folders, storage, forecast);
}

async function collectProject(
  collector: GarbageCollector,
  { id, path }: KnownProject,
  { before, dryRun }: GarbageRequest,
): Promise<ProjectGarbage> {
  try {
    if (dryRun) return { id, path, freed: await collector.foresee(id, before) };
    const { freed, done, counted } = await collector.collect(id, before);
    const left = 'Something is still being written or removed by others and was left for the next time.';
    const busy = 'Uploads changed the project all the while: its storage was not counted anew.';
    if (done && counted) return { id, path, freed };
    return { id, path, freed, trouble: done ? busy : left };
  } catch (error) {
    return { id, path, freed: nothingFreed, trouble: (error as Error).message };
  }
}

async function sweepUploads({ database, store }: GarbagePlace, dryRun: boolean): Promise<SweptUploads> {
  const left = (await store.leftovers?.(!dryRun)) ?? { uploads: 0, bytes: 0 };
  const storage = new ProjectStorage(database, store, artifactsDefaults);
  const swept = await new UploadSweeper(store, artifactsDefaults, storage, new UploadsRepository(database)).sweep({
    dryRun,
  });
  return { uploads: left.uploads + swept.uploads, bytes: left.bytes + swept.bytes };
}

async function sweepQuietly(
  place: GarbagePlace,
  { project, dryRun }: GarbageRequest,
): Promise<Pick<Garbage, 'uploads' | 'troubles'>> {
  const nothing = { uploads: 0, bytes: 0 };
  if (project !== undefined) return { uploads: nothing, troubles: [] };
  try {
    return { uploads: await sweepUploads(place, dryRun), troubles: [] };
  } catch (error) {
    return { uploads: nothing, troubles: [(error as Error).message] };
  }
}

/**
 * Deletes for good, project after project, what was deleted long ago, files that belong to nobody and uploads that nobody completed.
 * Safe to repeat, to kill, and beside a running server; a project that fails does not keep the others.
 * @param tell hears of each project when it is done
 */
export async function collectGarbage(
  place: GarbagePlace,
  request: GarbageRequest,
  tell: (project: ProjectGarbage) => void = () => undefined,
): Promise<Garbage> {
  const projects: ProjectGarbage[] = [];
  const known = await allProjects(place.database, request.project);
  // First, so that the counts of what is stored hold.
  const { uploads, troubles } = await sweepQuietly(place, request);
  const collector = openCollector(place);
  for (const project of known) {
    const collected = await collectProject(collector, project, request);
    projects.push(collected);
    tell(collected);
  }
  const total = projects.reduce((sum, { freed }) => addFreed(sum, freed), nothingFreed);
  return { projects, uploads, total, troubles };
}
