import type { Frame } from './frame';

/** How a candidate's attribute reads in SQL. */
export interface AttributeSql {
  readonly type: 'bigint' | 'text';
  readonly sql: string;
  readonly nullable?: true;
}

const hex = "replace(c.eid::text, '-', '')";

/** The attributes that have one value each, by the vocabulary's names, and `iid`, by which every order ends. */
export function attributeSql(name: string, frame: Frame): AttributeSql {
  switch (name) {
    case 'run_id':
      return { type: 'text', sql: hex };
    case 'run_name':
      return { type: 'text', sql: 'c.name' };
    case 'status':
      return { type: 'text', sql: 'upper(c.status)' };
    case 'user_id':
      return { type: 'text', sql: 'c.user_name' };
    case 'artifact_uri':
      return { type: 'text', sql: `${frame.artifactRoot()} || '/' || ${hex} || '/artifacts'` };
    case 'author':
      return { type: 'text', sql: 'c.created_by' };
    case 'branch':
      return { type: 'text', sql: 'c.branch', nullable: true };
    case 'commit':
      return { type: 'text', sql: 'c.commit_sha', nullable: true };
    case 'iid':
      return { type: 'bigint', sql: 'c.iid' };
    case 'start_time':
      return { type: 'bigint', sql: 'c.started_at' };
    case 'end_time':
      return { type: 'bigint', sql: 'c.ended_at', nullable: true };
    default:
      throw new Error(`There is no attribute ${name}`);
  }
}
