import type { Artifact } from '../artifacts.service';
import { planAnswer } from './answer-plan';

const artifact: Artifact = {
  name: 'a.txt',
  size: 10,
  modifiedAt: new Date('2026-01-02T03:04:05.678Z'),
  etag: 'e1',
  contentType: 'text/plain; charset=utf-8',
};

describe('the answer to a request for an artifact', () => {
  it('is the whole file, as an attachment that no browser runs', () => {
    expect(planAnswer(artifact, {})).toEqual({
      status: 200,
      range: { start: 0, end: 9 },
      headers: {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Length': '10',
        'Content-Disposition': 'attachment; filename="a.txt"; filename*=UTF-8\'\'a.txt',
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': 'sandbox',
        'Cache-Control': 'private, no-cache',
        'Accept-Ranges': 'bytes',
        ETag: '"e1"',
        'Last-Modified': 'Fri, 02 Jan 2026 03:04:05 GMT',
      },
    });
  });

  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=3-5', 3, 5],
    ['bytes=3-', 3, 9],
    ['bytes=3-999', 3, 9],
    ['bytes=-4', 6, 9],
    ['bytes=-999', 0, 9],
  ])('is the range %s', (range, start, end) => {
    const plan = planAnswer(artifact, { range });
    expect(plan).toMatchObject({ status: 206, range: { start, end } });
    expect(plan.headers).toMatchObject({
      'Content-Range': `bytes ${start}-${end}/10`,
      'Content-Length': String(end - start + 1),
    });
  });

  it.each(['bytes=10-', 'bytes=99-100', 'bytes=-0'])('refuses %s, which is beyond the end', (range) => {
    const plan = planAnswer(artifact, { range });
    expect(plan).toMatchObject({ status: 416, headers: { 'Content-Range': 'bytes */10' } });
    expect(plan.range).toBeUndefined();
  });

  it.each(['bytes=0-1,3-4', 'bytes=5-3', 'items=0-1', 'bytes=-', 'nonsense'])('takes %s for no range', (range) => {
    expect(planAnswer(artifact, { range }).status).toBe(200);
  });

  it('has no body to read for an empty file, and no range of it', () => {
    const empty = { ...artifact, size: 0 };
    expect(planAnswer(empty, {})).toMatchObject({ status: 200, headers: { 'Content-Length': '0' } });
    expect(planAnswer(empty, {}).range).toBeUndefined();
    expect(planAnswer(empty, { range: 'bytes=0-' }).status).toBe(416);
  });

  it.each(['"e1"', 'W/"e1"', '"e0", "e1"', '*'])('says not modified to If-None-Match: %s', (tag) => {
    const plan = planAnswer(artifact, { 'if-none-match': tag });
    expect(plan.status).toBe(304);
    expect(plan.headers).not.toHaveProperty('Content-Length');
    expect(planAnswer(artifact, { 'if-none-match': '"e0"' }).status).toBe(200);
  });

  it('gives a range only of the file that the client knows', () => {
    const range = 'bytes=0-1';
    expect(planAnswer(artifact, { range, 'if-range': '"e1"' }).status).toBe(206);
    expect(planAnswer(artifact, { range, 'if-range': 'Fri, 02 Jan 2026 03:04:05 GMT' }).status).toBe(206);
    expect(planAnswer(artifact, { range, 'if-range': '"e0"' }).status).toBe(200);
  });

  it('keeps every header to ASCII, whatever the name', () => {
    const name = 'ø"\\\r\n%\u{1f600}.txt';
    const { 'Content-Disposition': disposition } = planAnswer({ ...artifact, name }, {}).headers;
    expect(disposition).toBe(
      'attachment; filename="________.txt"; filename*=UTF-8\'\'%C3%B8%22%5C%0D%0A%25%F0%9F%98%80.txt',
    );
  });
});
