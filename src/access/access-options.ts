/** What the access feature can be told. */
export interface AccessOptions {
  /** Seals the sessions of our pages; at least 32 characters, the same in every worker process and after a restart. */
  readonly sessionSecret: string;
  /** The server administrator's token, or several; without it (and without `isOperator`) routes for operators answer 403. */
  readonly operatorToken?: string | readonly string[];
  /** Tells further administrators' tokens, such as those that the local forge keeps. */
  readonly isOperator?: (secret: string) => boolean | Promise<boolean>;
  /** How long the forge's answer about a credential serves, in milliseconds; default 60,000. */
  readonly principalTtl?: number;
  /** How long a refusal serves, in milliseconds; default 10,000. */
  readonly refusalTtl?: number;
  /** How many answers are kept at most; default 10,000. */
  readonly principalLimit?: number;
  /** How long somebody stays signed in to the pages, in milliseconds; default 12 hours. */
  readonly sessionTtl?: number;
  /** How many requests one credential may make a minute in one process, 429 beyond; default no limit. */
  readonly requestsPerMinute?: number;
  /** The clock in milliseconds since 1970; default the system's. */
  readonly now?: () => number;
}

/** The token under which the options are injected. */
export const AccessOptions = Symbol('AccessOptions');

/** What holds for options that are left out. */
export const accessDefaults = {
  principalTtl: 60_000,
  refusalTtl: 10_000,
  principalLimit: 10_000,
  sessionTtl: 12 * 60 * 60 * 1000,
  now: Date.now,
} as const satisfies Partial<AccessOptions>;
