import { z } from 'zod';

/** `GET /repos/{owner}/{repo}`; `permissions` are those of whoever asks. */
export const Repository = z.object({
  id: z.number().int().positive(),
  full_name: z.string(),
  default_branch: z.string(),
  private: z.boolean(),
  internal: z.boolean().default(false),
  archived: z.boolean(),
  html_url: z.string(),
  permissions: z.object({ admin: z.boolean(), push: z.boolean(), pull: z.boolean() }).optional(),
});
export type Repository = z.infer<typeof Repository>;

/** `GET /user`. */
export const User = z.object({ id: z.number().int(), login: z.string(), is_admin: z.boolean().default(false) });
export type User = z.infer<typeof User>;

const Branch = z.object({ ref: z.string(), sha: z.string(), repo_id: z.number().int() });

/** A pull request; a deleted author is null. */
export const Pull = z.object({
  number: z.number().int(),
  title: z.string(),
  state: z.enum(['open', 'closed']),
  merged: z.boolean(),
  html_url: z.string(),
  user: z.object({ login: z.string() }).nullable(),
  head: Branch,
  base: Branch,
  merge_base: z.string().default(''),
});
export type Pull = z.infer<typeof Pull>;

/** A page of pull requests. */
export const Pulls = z.array(Pull);
/** A page of commits, or all of a pull request's. */
export const Commits = z.array(z.object({ sha: z.string() }));
/** A comment that was just made. */
export const Comment = z.object({ id: z.number().int() });
/** All comments of an issue or pull request; a deleted author is null. */
export const Comments = z.array(
  z.object({ id: z.number().int(), body: z.string(), user: z.object({ id: z.number().int() }).nullable() }),
);

/** A webhook; its secret is never shown, `name` came with Gitea 1.26. */
export const Hook = z.object({
  id: z.number().int(),
  name: z.string().default(''),
  active: z.boolean(),
  events: z.array(z.string()),
  config: z.record(z.string(), z.string()),
});
/** A page of webhooks. */
export const Hooks = z.array(Hook);

/** `GET /version`. */
export const Version = z.object({ version: z.string() });
/** What Gitea says with a refusal. */
export const Refusal = z.object({ message: z.string() });

/** The body of every delivery. */
export const Delivery = z.object({ repository: z.object({ id: z.number().int().positive() }) });
/** The body of a `push`. */
export const PushDelivery = Delivery.extend({ ref: z.string(), after: z.string() });
/** The body of a `pull_request` of any kind. */
export const PullDelivery = Delivery.extend({ number: z.number().int().positive() });
