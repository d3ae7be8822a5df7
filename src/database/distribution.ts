import type { Client } from 'pg';
import { schemaName } from './data-source';

/** A table, and whether it had been distributed before. */
export interface DistributedTable {
  readonly name: string;
  readonly before: boolean;
}

/** A table of ours, and the tables that its foreign keys name. */
export interface KeyedTable {
  readonly name: string;
  readonly needs: readonly string[];
}

const column = 'project_id';
/** The table whose rows the others stand beside, on the same node. */
const anchor = 'projects';

/** Every table but the list of migrations, which tells of this database and of no project. */
const listTables = `
  SELECT c.relname::text AS name, ARRAY(
      SELECT DISTINCT r.relname::text FROM pg_constraint k JOIN pg_class r ON r.oid = k.confrelid
       WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid ORDER BY 1) AS needs
    FROM pg_class c
   WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'migrations'
   ORDER BY c.relname <> '${anchor}', c.relname`;

const listDistributed = `
  SELECT c.relname::text AS name FROM pg_dist_partition d JOIN pg_class c ON c.oid = d.logicalrelid
   WHERE c.relnamespace = $1::regnamespace`;

const findExtension = `
  SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') AS here,
         EXISTS (SELECT FROM pg_available_extensions WHERE name = 'citus') AS available`;

/** The tables of the schema, each after those that its foreign keys name. */
export async function tablesToDistribute(client: Client): Promise<KeyedTable[]> {
  const { rows } = await client.query<KeyedTable>(listTables, [schemaName]);
  return parentsFirst(rows);
}

/** Puts each table after those that it needs. @throws Error when they need each other */
export function parentsFirst(tables: readonly KeyedTable[]): KeyedTable[] {
  const ordered: KeyedTable[] = [];
  let left = [...tables];
  while (left.length > 0) {
    const waiting = new Set(left.map(({ name }) => name));
    const ready = left.filter(({ needs }) => needs.every((name) => !waiting.has(name)));
    if (ready.length === 0) throw new Error(`The tables ${[...waiting].join(', ')} need each other`);
    ordered.push(...ready);
    left = left.filter((table) => !ready.includes(table));
  }
  return ordered;
}

/**
 * Distributes every table of the schema `assay` over the nodes of Citus by `project_id`, all of a project's rows on one node; safe to
 * repeat. The schemas of the local forge and of the job queue stay on this node.
 * @throws Error when the database does not have the extension `citus`
 */
export async function distribute(client: Client): Promise<DistributedTable[]> {
  await requireExtension(client);
  const { rows } = await client.query<{ name: string }>(listDistributed, [schemaName]);
  const done = new Set(rows.map(({ name }) => name));
  const tables = await tablesToDistribute(client);
  const distributed: DistributedTable[] = [];
  for (const { name } of tables) {
    const table = `${schemaName}.${name}`;
    const before = done.has(name);
    if (!before) {
      const beside = name === anchor ? 'none' : `${schemaName}.${anchor}`;
      await client.query('SELECT create_distributed_table($1::regclass, $2, colocate_with => $3)', [
        table,
        column,
        beside,
      ]);
    }
    distributed.push({ name: table, before });
  }
  return distributed;
}

async function requireExtension(client: Client): Promise<void> {
  const { rows } = await client.query<{ here: boolean; available: boolean }>(findExtension);
  const [found] = rows;
  if (found?.here === true) return;
  throw new Error(
    found?.available === true
      ? 'The extension citus is not created in this database; run CREATE EXTENSION citus in it, add its nodes, and repeat.'
      : 'This PostgreSQL does not have the extension citus, so there is nothing to distribute to; the server works without it.',
  );
}
