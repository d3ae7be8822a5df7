import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** The port cannot be listened on. */
export class PortError extends Error {
  constructor(host: string, port: number, code: string | undefined) {
    const where = `${host}:${String(port)}`;
    super(
      code === 'EADDRINUSE'
        ? `Port ${String(port)} of ${host} is taken by another program: stop that one, or set ASSAY_PORT to another (0 picks a free one).`
        : `Cannot listen on ${where} (${code ?? 'unknown reason'}): set ASSAY_HOST and ASSAY_PORT to an address of this machine.`,
    );
    this.name = 'PortError';
  }
}

/**
 * Makes sure that the port is free before anything is started; 0 picks a free one.
 * @throws PortError
 */
export async function claimPort(host: string, port: number): Promise<number> {
  const server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
  } catch (error) {
    throw new PortError(host, port, (error as NodeJS.ErrnoException).code);
  }
  const claimed = (server.address() as AddressInfo).port;
  server.close();
  await once(server, 'close');
  return claimed;
}
