/** A schema of the OpenAPI document. */
export type Schema = Readonly<Record<string, unknown>>;

/** What a document has that answers are compared with. */
export interface SchemaHolder {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

type Errors = string[];
type Check = (value: unknown, schema: Schema, at: string) => Errors;

/** Say nothing about what a value must be. */
const silent = new Set(['description', 'default', 'example', 'nullable', 'required', 'items', 'format']);
const formats: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
};

function isOf(type: unknown, value: unknown): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'integer') return Number.isSafeInteger(value);
  return typeof value === type;
}

/**
 * Compares values with schemas. Stricter than the standard: members that a schema does not name are wrong, and a keyword that is
 * not known here fails the test instead of passing unseen.
 */
export class SchemaChecker {
  constructor(private readonly document: SchemaHolder) {}

  /** What is wrong, each with its place; empty when nothing is. */
  errors(value: unknown, schema: Schema, at = '$'): Errors {
    if (value === null && schema['nullable'] === true) return [];
    return Object.keys(schema)
      .filter((keyword) => !silent.has(keyword))
      .flatMap((keyword) => {
        const check = this.checks[keyword];
        if (check === undefined) throw new Error(`The keyword ${keyword} at ${at} is not known to the checker`);
        return check(value, schema, at);
      });
  }

  private readonly checks: Readonly<Record<string, Check>> = {
    $ref: (value, { $ref }, at) => {
      const name = String($ref).replace('#/components/schemas/', '');
      const target = this.document.components.schemas[name];
      return target === undefined ? [`${at}: there is no schema ${name}`] : this.errors(value, target, at);
    },
    type: (value, schema, at) => this.typed(value, schema, at),
    properties: (value, schema, at) => this.members(value as Record<string, unknown>, schema, at),
    enum: (value, schema, at) =>
      (schema['enum'] as unknown[]).includes(value) ? [] : [`${at}: ${String(value)} is none of the choices`],
    allOf: (value, schema, at) => (schema['allOf'] as Schema[]).flatMap((one) => this.errors(value, one, at)),
    anyOf: (value, schema, at) => this.some(value, schema['anyOf'] as Schema[], at),
    oneOf: (value, schema, at) => {
      const fitting = (schema['oneOf'] as Schema[]).filter((one) => this.errors(value, one, at).length === 0);
      return fitting.length === 1 ? [] : [`${at}: ${JSON.stringify(value)} fits ${fitting.length} of oneOf`];
    },
    minimum: (value, { minimum }, at) =>
      Number(value) >= Number(minimum) ? [] : [`${at}: is below ${String(minimum)}`],
    additionalProperties: (value, schema, at) =>
      Object.entries(value as object).flatMap(([name, member]) =>
        this.errors(member, schema['additionalProperties'] as Schema, `${at}.${name}`),
      ),
  };

  private typed(value: unknown, schema: Schema, at: string): Errors {
    const { type, format, items } = schema;
    if (!isOf(type, value)) return [`${at}: ${JSON.stringify(value)} is no ${String(type)}`];
    if (Array.isArray(value)) {
      return value.flatMap((item, index) => this.errors(item, items as Schema, `${at}[${index}]`));
    }
    const pattern = typeof value === 'string' ? formats[String(format)] : undefined;
    return pattern === undefined || pattern.test(String(value)) ? [] : [`${at}: is no ${String(format)}`];
  }

  private members(value: Record<string, unknown>, schema: Schema, at: string): Errors {
    const properties = schema['properties'] as Record<string, Schema>;
    const required = (schema['required'] as string[] | undefined) ?? [];
    return [
      ...required.flatMap((name) => (name in value ? [] : [`${at}: ${name} is missing`])),
      ...Object.entries(value).flatMap(([name, member]) => {
        const own = properties[name];
        return own === undefined ? [`${at}: ${name} is not documented`] : this.errors(member, own, `${at}.${name}`);
      }),
    ];
  }

  private some(value: unknown, choices: Schema[], at: string): Errors {
    const errors = choices.map((one) => this.errors(value, one, at));
    return errors.some((found) => found.length === 0) ? [] : errors.flat();
  }
}
