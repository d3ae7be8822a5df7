import type { z } from 'zod';
import { AssayError, forbidden, notFound, unavailable } from '../../common';
import type { GiteaAnswer } from './gitea.client';
import { Refusal } from './gitea.schema';

/** The body of a success; what does not fit the schema is no answer of a Gitea (a proxy's page, say) and counts as its being down. */
export function read<Schema extends z.ZodType>(answer: GiteaAnswer, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw unavailable(
    `The forge answered with something that is not Gitea's API${where === '' ? '' : ` (at ${where})`}.`,
  );
}

/** Whether it is a 2xx. */
export function succeeded({ status }: GiteaAnswer): boolean {
  return status >= 200 && status < 300;
}

/** The refusal of a call with the server's own token, which must never look as if the caller's token were bad. */
export function refusal(answer: GiteaAnswer, attempt: string): AssayError {
  const said = Refusal.safeParse(answer.body).data?.message ?? 'no reason given';
  switch (answer.status) {
    case 401:
      return unavailable(
        "Gitea refuses the server's own token; the operator has to set a new one (see `assay doctor`).",
      );
    case 403:
      return forbidden(`Gitea does not let the server ${attempt}: ${said}. Give the server's user the right to it.`);
    case 404:
      return notFound(
        `Gitea let the server not ${attempt}: there is no such thing, or the server's user may not see it.`,
      );
    case 423:
      return forbidden(`Gitea does not let the server ${attempt}: ${said}.`);
    default:
      return new AssayError('internal', `Gitea answered ${answer.status} when the server tried to ${attempt}: ${said}`);
  }
}
