const text = { type: 'string' } as const;
const whole = { type: 'integer', format: 'int64', minimum: 0 } as const;

interface Described {
  readonly description?: string;
  readonly schema: typeof text | typeof whole;
}

/** A parameter that stands in the path. */
export interface PathParameter extends Described {
  readonly name: string;
  readonly in: 'path';
  readonly required: true;
}

/** What the parameters of paths mean; the first entry whose path fits holds. */
const known: readonly (readonly [name: string, path: RegExp, described: Described])[] = [
  ['project', /./, { description: "The project's number at the forge, or its URL-encoded path.", schema: text }],
  [
    'iid',
    /\/candidates\//,
    {
      description: "The candidate's number in the project, or its eid (a UUID, with or without hyphens).",
      schema: text,
    },
  ],
  ['iid', /\/experiments\//, { description: "The experiment's number in the project; 0 is Default.", schema: whole }],
  ['iid', /\/merge_requests\//, { description: "The merge request's number in the project.", schema: whole }],
  ['token', /\/tokens\//, { description: 'The id of the token.', schema: text }],
  ['id', /\/tokens\//, { description: 'Of the token.', schema: whole }],
  ['forge', /\/hooks\//, { description: 'The kind of the forge, such as `gitea`.', schema: text }],
  ['username', /./, { description: 'Of the user.', schema: text }],
  [
    'path',
    /\/artifacts\/raw\//,
    { description: "The file below the candidate's root. Slashes stand as they are.", schema: text },
  ],
];

/** The parameters that stand in the path; one that is not known is a text without a description. */
export function pathParameters(path: string): PathParameter[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    const described = known.find(([own, place]) => own === name && place.test(path))?.[2];
    return { name, in: 'path', required: true, ...(described ?? { schema: text }) } as const;
  });
}
