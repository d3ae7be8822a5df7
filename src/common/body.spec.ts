import { PassThrough, Readable } from 'node:stream';
import { readBody, readForm } from './body';
import type { HttpRequest } from './http';

const frame = { method: 'POST', url: '/', headers: {}, params: {} };

function unread(text: string): HttpRequest {
  return Object.assign(Readable.from([Buffer.from(text)]), frame);
}

describe('a body', () => {
  it.each<[string, () => HttpRequest]>([
    ['an unread request of Express', () => unread('hello')],
    ['an unread request of Fastify', () => ({ ...frame, raw: unread('hello') as never })],
    ['a stream that a parser handed out', () => ({ ...frame, body: Readable.from([Buffer.from('hello')]) })],
    ['a Buffer', () => ({ ...frame, body: Buffer.from('hello') })],
    ['rawBody beside a parsed body', () => ({ ...frame, body: { parsed: true }, rawBody: Buffer.from('hello') })],
  ])('is read from %s, up to its limit', async (_name, request) => {
    expect((await readBody(request(), 5)).toString()).toBe('hello');
    await expect(readBody(request(), 4)).rejects.toMatchObject({
      kind: 'too-large',
      message: expect.stringContaining('4 bytes') as string,
    });
  });

  it('is refused by its announced length before it is read', async () => {
    const request = Object.assign(unread(''), { headers: { 'content-length': '5' } });
    await expect(readBody(request, 4)).rejects.toMatchObject({ kind: 'too-large' });
  });

  it('that breaks off is no body', async () => {
    const stream = Object.assign(new PassThrough(), frame);
    const reading = readBody(stream, 100);
    stream.write('half');
    stream.destroy();
    await expect(reading).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('that somebody else has read is a defect, not an empty body', async () => {
    const stream = Object.assign(Readable.from([Buffer.from('{}')]), frame, { body: {} });
    for await (const chunk of stream) expect(chunk).toBeDefined();
    await expect(readBody(stream as unknown as HttpRequest, 100)).rejects.toThrow(/leave it unread/);
  });
});

describe('a form', () => {
  it.each<[string, HttpRequest]>([
    ['unread', unread('a=1&b=x+%26+y')],
    ['as text', { ...frame, body: 'a=1&b=x+%26+y' }],
    ['parsed', { ...frame, body: { a: '1', b: 'x & y', nested: {} } }],
  ])('is read %s', async (_name, request) => {
    expect(Object.fromEntries(await readForm(request))).toEqual({ a: '1', b: 'x & y' });
  });
});
