import { Controller, Get } from '@nestjs/common';
import { AssayError, Database, NativeApi, Requires, statement } from '../../index';

const ping = statement('standalone.ping', 'SELECT 1');

/** For load balancers and supervisors. */
@NativeApi()
@Controller('health')
export class HealthController {
  constructor(private readonly database: Database) {}

  /** The process answers. */
  @Get('live')
  @Requires('public')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** The process and its database answer; 503 while the database does not. */
  @Get('ready')
  @Requires('public')
  async ready(): Promise<{ status: 'ready' }> {
    await this.database.query(ping).catch((cause: unknown) => {
      throw new AssayError('unavailable', 'The database does not answer.', { cause, retryAfterSeconds: 2 });
    });
    return { status: 'ready' };
  }
}
