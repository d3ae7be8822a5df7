/** How an attribute of the logged model `m` reads in SQL. */
export interface AttributeSql {
  readonly sql: string;
  readonly type: 'text' | 'numeric';
  readonly nullable: boolean;
}

const milliseconds = (column: string): AttributeSql => ({
  sql: `floor(extract(epoch FROM m.${column}) * 1000)`,
  type: 'numeric',
  nullable: false,
});
const attributes: Readonly<Record<string, AttributeSql>> = {
  name: { sql: 'm.name', type: 'text', nullable: false },
  model_id: { sql: 'm.model_id', type: 'text', nullable: false },
  model_type: { sql: 'm.model_type', type: 'text', nullable: true },
  status: { sql: 'upper(m.status)', type: 'text', nullable: false },
  source_run_id: { sql: `replace(m.candidate_eid::text, '-', '')`, type: 'text', nullable: true },
  creation_timestamp: milliseconds('created_at'),
  last_updated_timestamp: milliseconds('updated_at'),
};
const tables: Readonly<Record<string, string>> = {
  metric: 'assay.logged_model_metrics',
  param: 'assay.logged_model_params',
  tag: 'assay.logged_model_tags',
};

function known<Value>(of: Readonly<Record<string, Value>>, name: string): Value {
  const found = of[name];
  if (found === undefined) throw new Error(`the vocabulary names ${name}, which the statement does not know`);
  return found;
}

/** The attributes by the vocabulary's names. */
export function attributeSql(name: string): AttributeSql {
  return known(attributes, name);
}

/** The table of what a model has by name. */
export function tableOf(kind: string): string {
  return known(tables, kind);
}
