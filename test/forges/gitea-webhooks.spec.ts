import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Forge, ForgeEvent, ForgeProject, WebhookRequest } from '../../src/forge';
import { describePart } from '../support/parts';
import { startGiteaFixture, type GiteaFixture } from './gitea.fixture';

/** An address that keeps what is delivered to it. */
class Mailbox {
  readonly received: WebhookRequest[] = [];
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(): Promise<Mailbox> {
    const server = createServer((request, response) => {
      void buffer(request).then((body) => {
        mailbox.received.push({ headers: request.headers as WebhookRequest['headers'], body });
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const mailbox = new Mailbox(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?project=1`);
    return mailbox;
  }

  /** Waits for a delivery that is read as this event; gives up after ten seconds. */
  deliveryOf(forge: Forge, secret: string, event: ForgeEvent): Promise<WebhookRequest> {
    return this.delivery((request) => sameEvent(read(forge, request, secret), event));
  }

  async delivery(wanted: (request: WebhookRequest) => boolean): Promise<WebhookRequest> {
    for (let tries = 0; tries < 200; tries += 1) {
      const found = this.received.find(wanted);
      if (found !== undefined) return found;
      await sleep(50);
    }
    throw new Error(`Among ${this.received.length} deliveries none is the one.`);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function read(forge: Forge, request: WebhookRequest, secret: string): ForgeEvent | undefined | 'refused' {
  try {
    return forge.readWebhook(request, secret);
  } catch {
    return 'refused';
  }
}

function sameEvent(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

describePart('gitea', 'webhooks of Gitea', () => {
  let fixture: GiteaFixture;
  let project: ForgeProject;
  let mailbox: Mailbox;

  beforeAll(async () => {
    fixture = await startGiteaFixture();
    mailbox = await Mailbox.open();
    project = await fixture.createProject('told', 'private');
    await fixture.forge.registerWebhook(project, mailbox.url, 'first secret');
  });

  afterAll(async () => {
    await mailbox.close();
    await fixture.stop();
  });

  it('tell of a push, with a signature that fits the secret and no other', async () => {
    const sha = await fixture.push(project, 'topic/one');
    const event = { kind: 'push', project: project.id, branch: 'topic/one', sha } as const;
    const request = await mailbox.deliveryOf(fixture.forge, 'first secret', event);
    expect(fixture.forge.webhookProject(request)).toBe(project.id);
    expect(() => fixture.forge.readWebhook(request, 'other secret')).toThrow(/signature/);
    expect(() => fixture.forge.readWebhook(request, '')).toThrow(/signature/);
    const forged = { ...request, body: Buffer.from(request.body.toString().replace(sha, 'f'.repeat(40))) };
    expect(() => fixture.forge.readWebhook(forged, 'first secret')).toThrow(/signature/);
    const unsigned = { ...request, headers: { ...request.headers, 'x-gitea-signature': undefined } };
    expect(() => fixture.forge.readWebhook(unsigned, 'first secret')).toThrow(/signature/);
  });

  it('tell of a merge request that is opened, pushed to, closed and merged', async () => {
    const closing = await fixture.openMergeRequest(project, 'topic/one');
    const event = { kind: 'merge-request', project: project.id, iid: closing } as const;
    for (const change of [
      () => Promise.resolve(),
      () => fixture.push(project, 'topic/one').then(() => undefined),
      () => fixture.closeMergeRequest(project, closing),
    ]) {
      await change();
      await mailbox.deliveryOf(fixture.forge, 'first secret', event);
      mailbox.received.length = 0;
    }
    await fixture.push(project, 'topic/two');
    const merging = await fixture.openMergeRequest(project, 'topic/two');
    mailbox.received.length = 0;
    await fixture.mergeMergeRequest(project, merging);
    await mailbox.deliveryOf(fixture.forge, 'first secret', {
      kind: 'merge-request',
      project: project.id,
      iid: merging,
    });
  });

  it('say nothing of a deleted branch', async () => {
    await fixture.push(project, 'short-lived');
    await fixture.gitea.call('DELETE', '/repos/owner/told/branches/short-lived');
    const sha = await fixture.push(project, 'afterwards');
    const event = { kind: 'push', project: project.id, branch: 'afterwards', sha } as const;
    await mailbox.deliveryOf(fixture.forge, 'first secret', event);
    const told = mailbox.received.map((request) => read(fixture.forge, request, 'first secret'));
    expect(told).not.toContainEqual(expect.objectContaining({ sha: '0'.repeat(40) }));
  });

  it('do not tell of comments, ours least of all', async () => {
    await fixture.push(project, 'discussed');
    const iid = await fixture.openMergeRequest(project, 'discussed');
    const [hook] = await fixture.gitea.webhooks('owner', 'told');
    expect(hook?.events.toSorted()).toEqual(['pull_request', 'pull_request_sync', 'push']);
    await fixture.forge.createComment(project, iid, 'not a word of this');
    const sha = await fixture.push(project, 'discussed');
    const event = { kind: 'push', project: project.id, branch: 'discussed', sha } as const;
    await mailbox.deliveryOf(fixture.forge, 'first secret', event);
    expect(mailbox.received.some(({ body }) => body.includes('not a word of this'))).toBe(false);
  });

  it('are kept when registered again, and replaced for another secret', async () => {
    const [kept] = await fixture.gitea.webhooks('owner', 'told');
    expect(await fixture.forge.registerWebhook(project, mailbox.url, 'first secret')).toBe(String(kept?.id));
    expect((await fixture.gitea.webhooks('owner', 'told')).map((hook) => hook.id)).toEqual([kept?.id]);

    const id = await fixture.forge.registerWebhook(project, mailbox.url, 'second secret');
    expect((await fixture.gitea.webhooks('owner', 'told')).map((hook) => String(hook.id))).toEqual([id]);
    const sha = await fixture.push(project, 'topic/three');
    const event = { kind: 'push', project: project.id, branch: 'topic/three', sha } as const;
    await mailbox.deliveryOf(fixture.forge, 'second secret', event);
  });

  it('leave those of others alone', async () => {
    const config = { url: 'http://127.0.0.1:9/other', content_type: 'json' };
    await fixture.gitea.call('POST', '/repos/owner/told/hooks', { type: 'gitea', config, events: ['push'] });
    const id = await fixture.forge.registerWebhook(project, mailbox.url, 'third secret');
    await fixture.forge.removeWebhook(project, id);
    await fixture.forge.removeWebhook(project, id);
    const left = await fixture.gitea.webhooks('owner', 'told');
    expect(left.map((hook) => hook.config['url'])).toEqual([config.url]);
  });

  it('are gone already when the repository is', async () => {
    const gone = await fixture.createProject('gone', 'private');
    const id = await fixture.forge.registerWebhook(gone, mailbox.url, 'secret');
    await fixture.gitea.call('DELETE', '/repos/owner/gone');
    await expect(fixture.forge.removeWebhook(gone, id)).resolves.toBeUndefined();
  });
});
