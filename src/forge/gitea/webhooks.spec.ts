import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import type { WebhookRequest } from '../forge';
import { readWebhook, webhookProject } from './webhooks';

const secret = 'a secret';
const repository = { id: 7 };

function delivery(event: string, body: unknown, key = secret): WebhookRequest {
  const raw = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const signature = createHmac('sha256', key).update(raw).digest('hex');
  return { headers: { 'x-gitea-event': event, 'x-gitea-signature': signature }, body: raw };
}

describe('a signed delivery of Gitea', () => {
  it('of a push names the branch and its new head', () => {
    const push = delivery('push', { repository, ref: 'refs/heads/a/b', after: 'abc' });
    expect(readWebhook(push, secret)).toEqual({ kind: 'push', project: 7, branch: 'a/b', sha: 'abc' });
    expect(webhookProject(push)).toBe(7);
  });

  it('of a pull request names its number', () => {
    for (const event of ['pull_request', 'pull_request_sync']) {
      const pull = delivery(event, { repository, number: 3, action: 'opened' });
      expect(readWebhook(pull, secret)).toEqual({ kind: 'merge-request', project: 7, iid: 3 });
    }
  });

  it.each([
    ['a tag', 'push', { repository, ref: 'refs/tags/v1', after: 'abc' }],
    ['a deleted branch', 'push', { repository, ref: 'refs/heads/a', after: '0'.repeat(40) }],
    ['an issue', 'issues', { repository, number: 3 }],
    ['a comment on a pull request', 'pull_request_comment', { repository, number: 3 }],
    ['a pull request without a number', 'pull_request', { repository }],
    ['no repository', 'push', { ref: 'refs/heads/a', after: 'abc' }],
    ['no JSON', 'push', '{'],
  ])('of %s is nothing to act upon', (_what, event, body) => {
    expect(readWebhook(delivery(event, body), secret)).toBeUndefined();
  });
});

describe('an unsigned delivery', () => {
  const body = { repository, number: 3 };

  it('is refused, whatever the signature looks like', () => {
    const { headers, body: raw } = delivery('pull_request', body);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f]{64}$/)), (signature) => {
        fc.pre(signature !== headers['x-gitea-signature']);
        const request = { headers: { ...headers, 'x-gitea-signature': signature }, body: raw };
        expect(() => readWebhook(request, secret)).toThrow(/signature/);
      }),
    );
  });

  it('is refused when the secret is empty on both sides', () => {
    expect(() => readWebhook(delivery('pull_request', body, ''), '')).toThrow(/signature/);
  });

  it('names a project only when it has one', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        const request = { headers: {}, body: Buffer.from(text) };
        expect(webhookProject(request)).toBeUndefined();
      }),
    );
  });
});
