import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { z } from 'zod';
import { AssayError, asProjectId, type ProjectId } from '../../common';
import type { ForgeEvent, ForgeProject, WebhookRequest } from '../forge';
import { read, refusal, succeeded } from './answers';
import { Delivery, Hook, Hooks, PullDelivery, PushDelivery } from './gitea.schema';
import type { GiteaServerCalls } from './server';

/** `pull_request` would ask for comments, reviews and labels too: our own comment would call us. */
const askedEvents = ['push', 'pull_request_only', 'pull_request_sync'];
/** How Gitea lists them. */
const listedEvents = ['push', 'pull_request', 'pull_request_sync'];

/** Tells two secrets apart without telling them: Gitea never shows a hook's secret and changes it only with a new hook. */
function nameFor(secret: string): string {
  return `assay ${createHash('sha256').update(secret).digest('hex').slice(0, 12)}`;
}

function parse<Schema extends z.ZodType>({ body }: WebhookRequest, schema: Schema): z.infer<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(body.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

function isSigned({ headers, body }: WebhookRequest, secret: string): boolean {
  const given = Buffer.from(headers['x-gitea-signature'] ?? '', 'utf8');
  const expected = Buffer.from(createHmac('sha256', secret).update(body).digest('hex'), 'utf8');
  return secret !== '' && given.length === expected.length && timingSafeEqual(given, expected);
}

function readPush(request: WebhookRequest): ForgeEvent | undefined {
  const push = parse(request, PushDelivery);
  const branch = push?.ref.startsWith('refs/heads/') ? push.ref.slice('refs/heads/'.length) : undefined;
  if (push === undefined || branch === undefined || /^0+$/.test(push.after)) return undefined;
  return { kind: 'push', project: asProjectId(push.repository.id), branch, sha: push.after };
}

function isEqual(events: readonly string[]): boolean {
  return events.length === listedEvents.length && listedEvents.every((event) => events.includes(event));
}

/** The project that a delivery names, unproven as yet. */
export function webhookProject(request: WebhookRequest): ProjectId | undefined {
  const delivery = parse(request, Delivery);
  return delivery === undefined ? undefined : asProjectId(delivery.repository.id);
}

/** See `Forge.readWebhook`: a pushed branch, or a pull request of whichever kind of change. */
export function readWebhook(request: WebhookRequest, secret: string): ForgeEvent | undefined {
  if (!isSigned(request, secret)) {
    throw new AssayError(
      'unauthenticated',
      'The signature does not fit; is the secret of the webhook the current one?',
    );
  }
  const event = request.headers['x-gitea-event'];
  if (event === 'push') return readPush(request);
  const isPull = event === 'pull_request' || event === 'pull_request_sync';
  const pull = isPull ? parse(request, PullDelivery) : undefined;
  return pull && { kind: 'merge-request', project: asProjectId(pull.repository.id), iid: pull.number };
}

/** The hooks of a repository; the server's user must administrate it. */
export class GiteaWebhooks {
  constructor(private readonly server: GiteaServerCalls) {}

  /** Keeps an equal hook, replaces one of the same address; the new one first, so that no event is missed. @returns its id */
  async register(project: ForgeProject, url: string, secret: string): Promise<string> {
    const address = `${await this.server.addressOf(project)}/hooks`;
    const name = nameFor(secret);
    const hooks = await this.server.all(address, Hooks, `read the webhooks of ${project.path}`, 10);
    const same = hooks.filter(({ config }) => config['url'] === url);
    const equal = same.find((hook) => hook.name === name && hook.active && isEqual(hook.events));
    const kept = equal?.id ?? (await this.create(address, project, { url, secret, name }));
    for (const { id } of same) if (id !== kept) await this.delete(address, project, String(id));
    return String(kept);
  }

  /** See `Forge.removeWebhook`. */
  async remove(project: ForgeProject, id: string): Promise<void> {
    const repository = await this.server.repository(project);
    if (repository !== undefined && /^\d+$/.test(id)) {
      await this.delete(`${await this.server.addressOf(project)}/hooks`, project, id);
    }
  }

  private async create(
    address: string,
    project: ForgeProject,
    { url, secret, name }: { url: string; secret: string; name: string },
  ): Promise<number> {
    const config = { url, content_type: 'json', secret };
    const answer = await this.server.call('POST', address, {
      type: 'gitea',
      name,
      active: true,
      events: askedEvents,
      config,
    });
    if (!succeeded(answer)) throw refusal(answer, `add a webhook to ${project.path}`);
    return read(answer, Hook).id;
  }

  private async delete(address: string, project: ForgeProject, id: string): Promise<void> {
    const answer = await this.server.call('DELETE', `${address}/${id}`);
    if (!succeeded(answer) && answer.status !== 404) throw refusal(answer, `remove a webhook of ${project.path}`);
  }
}
