// A request's body to a file, flushed to the disk, and the file back: nothing else.

import { createReadStream, createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import { pipeline } from 'node:stream/promises';

const file = process.argv[2] ?? '';
const server = createServer((request, answer) => {
  const work =
    request.method === 'PUT'
      ? pipeline(request, createWriteStream(file, { flush: true })).then(() => answer.end())
      : pipeline(createReadStream(file), answer);
  work.catch(() => answer.destroy());
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : 0);
});
