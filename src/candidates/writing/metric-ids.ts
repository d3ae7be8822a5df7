import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { ProjectId } from '../../common';
import { Database, type Statement } from '../../database';
import { add, find } from './metric-ids.statements';

const projectsKept = 500;
const namesKept = 20_000;

interface Row {
  readonly name: string;
  readonly metric_id: number;
}

/** The integers that stand for metric names in points. They never change, so each process remembers those it met. */
@Injectable()
export class MetricIds {
  private readonly known = new LRUCache<ProjectId, Map<string, number>>({ max: projectsKept });

  constructor(private readonly database: Database) {}

  /** The id of each name; names that are new to the project get one. */
  async resolve(project: ProjectId, names: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
    const known = this.ofProject(project);
    const missing = [...names].filter((name) => !known.has(name));
    if (missing.length === 0) return known;
    if (known.size + missing.length > namesKept) return this.beyondMemory(project, names);
    await this.learn(project, missing, known);
    return known;
  }

  private ofProject(project: ProjectId): Map<string, number> {
    const known = this.known.get(project) ?? new Map<string, number>();
    this.known.set(project, known);
    return known;
  }

  private async beyondMemory(project: ProjectId, names: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
    const fresh = new Map<string, number>();
    this.known.set(project, fresh);
    await this.learn(project, [...names], fresh);
    return fresh;
  }

  private async learn(project: ProjectId, names: readonly string[], into: Map<string, number>): Promise<void> {
    for (const ask of [find, add, find]) {
      const missing = names.filter((name) => !into.has(name));
      if (missing.length === 0) return;
      await this.ask(project, ask, missing, into);
    }
    const lost = names.find((name) => !into.has(name));
    if (lost !== undefined) throw new Error(`the metric name ${JSON.stringify(lost)} got no id`);
  }

  private async ask(project: ProjectId, ask: Statement, names: string[], into: Map<string, number>): Promise<void> {
    const rows = await this.database.query<Row & Record<string, unknown>>(ask, [project, names]);
    for (const { name, metric_id } of rows) into.set(name, metric_id);
  }
}
