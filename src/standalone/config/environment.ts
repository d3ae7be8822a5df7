import { resolve } from 'node:path';
import { z } from 'zod';
import { parseByteSize } from '../../index';

const port = z.coerce
  .number({ error: 'is a whole number from 0 (any free port) to 65535' })
  .int('is a whole number')
  .min(0, 'is at least 0 (any free port)')
  .max(65_535, 'is at most 65535');
const webAddress = z.url({ protocol: /^https?$/, error: 'is an address such as https://git.example.org' });
const workers = z.coerce
  .number({ error: 'is a whole number from 1 to 64' })
  .int('is a whole number')
  .min(1, 'is at least 1')
  .max(64, 'is at most 64');

const requestsPerMinute = z.coerce
  .number({ error: 'is a whole number of requests' })
  .int('is a whole number')
  .min(1, 'is at least 1; leave it unset for no limit');

const operatorToken = z
  .string()
  .regex(/^[!-~]{20,}$/, 'is at least 20 characters without spaces, such as `openssl rand -hex 24` prints');

const projectStorage = z.string().transform((text, context) => {
  const bytes = parseByteSize(text);
  if (bytes !== undefined) return bytes;
  context.addIssue('is a number of bytes such as 50GB, 500MiB or 1000000');
  return z.NEVER;
});
const gcAfterDays = z.coerce
  .number({ error: 'is a number of days' })
  .min(1, 'is at least 1 day; leave it unset so that nothing is deleted for good by itself');

/** The variables as people set them; an empty one counts as unset. */
const Environment = z.object({
  ASSAY_PORT: port.default(3000),
  ASSAY_HOST: z.string().default('127.0.0.1'),
  ASSAY_PUBLIC_URL: webAddress.optional(),
  ASSAY_DATA_DIR: z.string().default('data'),
  ASSAY_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'is an address such as postgresql://user:password@host:5432/database' })
    .optional(),
  ASSAY_S3_ENDPOINT: webAddress.optional(),
  ASSAY_S3_PUBLIC_ENDPOINT: webAddress.optional(),
  ASSAY_S3_BUCKET: z.string().optional(),
  ASSAY_S3_REGION: z.string().default('us-east-1'),
  ASSAY_S3_ACCESS_KEY: z.string().optional(),
  ASSAY_S3_SECRET_KEY: z.string().optional(),
  ASSAY_FORGE: z.enum(['local', 'gitea'], { error: 'is `local` or `gitea`' }).default('local'),
  ASSAY_FORGE_URL: webAddress.optional(),
  ASSAY_FORGE_TOKEN: z.string().optional(),
  ASSAY_WORKERS: workers.default(1),
  ASSAY_REQUESTS_PER_MINUTE: requestsPerMinute.optional(),
  ASSAY_OPERATOR_TOKEN: operatorToken.optional(),
  ASSAY_PROJECT_STORAGE: projectStorage.optional(),
  ASSAY_GC_AFTER_DAYS: gcAfterDays.optional(),
});

/** What the standalone server is told by its environment. */
export interface Configuration {
  /** 0 picks a free one. */
  readonly port: number;
  readonly host: string;
  /** Undefined: the address that the server listens on. */
  readonly publicUrl: string | undefined;
  /** Absolute. */
  readonly dataFolder: string;
  /** Undefined: an embedded PostgreSQL in the data folder. */
  readonly databaseUrl: string | undefined;
  /** Undefined: files in the data folder. */
  readonly s3:
    | {
        readonly endpoint: string;
        /** Absent: clients do not reach the store. */
        readonly publicEndpoint?: string;
        readonly bucket: string;
        readonly region: string;
        readonly accessKey: string;
        readonly secretKey: string;
      }
    | undefined;
  readonly forge: { readonly kind: 'local' } | { readonly kind: 'gitea'; readonly url: string; readonly token: string };
  readonly workers: number;
  /** A token's, in each process; undefined for no limit. */
  readonly requestsPerMinute: number | undefined;
  /** Reads measures and usage on any forge; undefined: on the local forge the administrator's token alone does. */
  readonly operatorToken: string | undefined;
  /** Bytes that a project may keep; undefined for no limit. */
  readonly projectStorage: number | undefined;
  /** Days after which what was deleted is deleted for good; undefined: the server does not do it by itself. */
  readonly gcAfterDays: number | undefined;
}

/** Every fault of the environment at once, a line each, naming the variable and the way out. */
export class ConfigurationError extends Error {
  constructor(faults: readonly string[]) {
    super(['The configuration is not usable:', ...faults.map((fault) => `  ${fault}`)].join('\n'));
    this.name = 'ConfigurationError';
  }
}

type Settings = z.infer<typeof Environment>;

function readS3(settings: Settings, faults: string[]): Configuration['s3'] {
  const { ASSAY_S3_ENDPOINT: endpoint, ASSAY_S3_BUCKET: bucket, ASSAY_S3_REGION: region } = settings;
  const { ASSAY_S3_ACCESS_KEY: accessKey, ASSAY_S3_SECRET_KEY: secretKey } = settings;
  const { ASSAY_S3_PUBLIC_ENDPOINT: publicEndpoint } = settings;
  if (endpoint && bucket && accessKey && secretKey) {
    const reach = publicEndpoint === undefined ? {} : { publicEndpoint };
    return { endpoint, bucket, region, accessKey, secretKey, ...reach };
  }
  const needed = {
    ASSAY_S3_ENDPOINT: endpoint,
    ASSAY_S3_BUCKET: bucket,
    ASSAY_S3_ACCESS_KEY: accessKey,
    ASSAY_S3_SECRET_KEY: secretKey,
  };
  const missing = Object.entries(needed).filter(([, value]) => value === undefined);
  if (missing.length < Object.keys(needed).length || publicEndpoint !== undefined) {
    faults.push(
      `${missing.map(([name]) => name).join(', ')}: needed as well, since an S3 store takes endpoint, bucket and both keys.`,
    );
  }
  return undefined;
}

function readForge(settings: Settings, faults: string[]): Configuration['forge'] {
  if (settings.ASSAY_FORGE === 'local') return { kind: 'local' };
  const { ASSAY_FORGE_URL: url, ASSAY_FORGE_TOKEN: token } = settings;
  if (url === undefined) faults.push('ASSAY_FORGE_URL: needed with ASSAY_FORGE=gitea, the address of the forge.');
  if (token === undefined)
    faults.push(
      'ASSAY_FORGE_TOKEN: needed with ASSAY_FORGE=gitea, the token with which the server comments and sets statuses.',
    );
  return { kind: 'gitea', url: url ?? '', token: token ?? '' };
}

function warnOfUnknown(environment: NodeJS.ProcessEnv, faults: string[]): void {
  const known = new Set(Object.keys(Environment.shape));
  for (const name of Object.keys(environment)) {
    if (!name.startsWith('ASSAY_') || known.has(name) || /^ASSAY_(TEST_.*|CACHE_.*|URL|TOKEN)$/.test(name)) continue;
    faults.push(`${name}: no such setting; known are ${[...known].join(', ')}.`);
  }
}

/**
 * Reads and checks the `ASSAY_*` variables.
 * @throws ConfigurationError naming every variable that is wrong
 */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Environment.safeParse(set);
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}.`);
  warnOfUnknown(environment, faults);
  if (!parsed.success) throw new ConfigurationError(faults);
  const settings = parsed.data;
  const s3 = readS3(settings, faults);
  const forge = readForge(settings, faults);
  if (faults.length > 0) throw new ConfigurationError(faults);
  return {
    port: settings.ASSAY_PORT,
    host: settings.ASSAY_HOST,
    publicUrl: settings.ASSAY_PUBLIC_URL,
    dataFolder: resolve(settings.ASSAY_DATA_DIR),
    databaseUrl: settings.ASSAY_DATABASE_URL,
    s3,
    forge,
    workers: settings.ASSAY_WORKERS,
    requestsPerMinute: settings.ASSAY_REQUESTS_PER_MINUTE,
    operatorToken: settings.ASSAY_OPERATOR_TOKEN,
    projectStorage: settings.ASSAY_PROJECT_STORAGE,
    gcAfterDays: settings.ASSAY_GC_AFTER_DAYS,
  };
}
