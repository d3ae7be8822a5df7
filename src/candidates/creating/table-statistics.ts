import { Injectable, Logger } from '@nestjs/common';
import { Database, statement } from '../../database';

/** After so many new candidates in this process. */
const milestones = [50, 200, 1_000, 5_000, 20_000];

/**
 * Tables that PostgreSQL's own autovacuum, which comes once a minute, does not yet know to be large. One of a few pages is
 * better off without statistics: with them, whole scans look cheap, and such plans outlive the table's youth.
 */
const young = statement(
  'statistics.young',
  `SELECT c.relname AS table FROM pg_class c
    WHERE c.relnamespace = 'assay'::regnamespace AND c.relkind = 'r' AND c.reltuples < 50000
      AND pg_relation_size(c.oid) > 10 * current_setting('block_size')::int`,
);

/**
 * Keeps PostgreSQL's statistics of young tables fresh. Plans are made when tables are empty and kept; without this, the first
 * minute of a bulk load would read whole projects where one row is wanted.
 */
@Injectable()
export class TableStatistics {
  private readonly logger = new Logger(TableStatistics.name);
  private created = 0;

  constructor(private readonly database: Database) {}

  /** Counts new candidates; now and then it refreshes the statistics, in the background. */
  grow(candidates: number): void {
    const before = this.created;
    this.created += candidates;
    if (milestones.some((milestone) => before < milestone && milestone <= this.created)) void this.refresh();
  }

  /** Never rejects: without statistics everything works, only slower. */
  async refresh(): Promise<void> {
    try {
      const tables = await this.database.query<{ table: string }>(young);
      for (const { table } of tables) await this.database.query({ text: `ANALYZE assay.${table}` });
    } catch (error) {
      this.logger.warn(`The planner's statistics could not be refreshed: ${(error as Error).message}`);
    }
  }
}
