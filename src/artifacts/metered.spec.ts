import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { metered } from './metered';

describe('a metered body', () => {
  it('passes the bytes on', async () => {
    await expect(
      text(metered(Readable.from([Buffer.from('ab'), Buffer.from('c')]), { maxBytes: 3, size: 3 })),
    ).resolves.toBe('abc');
  });

  it('refuses an announced size above the limit before it reads', () => {
    expect(() => metered(new PassThrough(), { maxBytes: 3, size: 4 })).toThrow(/limit of 3 bytes/);
  });

  it('fails at the first byte above the limit and leaves the source whole', async () => {
    const source = new PassThrough();
    source.write('abcd');
    await expect(text(metered(source, { maxBytes: 3 }))).rejects.toMatchObject({ kind: 'too-large' });
    expect(source.destroyed).toBe(false);
  });

  it('fails when the source ends early or breaks', async () => {
    await expect(text(metered(Readable.from([Buffer.from('ab')]), { maxBytes: 9, size: 3 }))).rejects.toThrow(
      /2 of the 3 bytes/,
    );
    const source = new PassThrough();
    source.write('ab');
    setImmediate(() => source.destroy(new Error('gone')));
    await expect(text(metered(source, { maxBytes: 9 }))).rejects.toThrow(/broke off after 2 bytes/);
  });
});
