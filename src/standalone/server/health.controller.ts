import { Controller, Get } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { AssayError, Database, NativeApi, Operation, Requires, statement } from '../../index';

const ping = statement('standalone.ping', 'SELECT 1');

class LiveAnswer {
  @ApiProperty({ type: String, enum: ['live'], description: 'Always this.' })
  status!: 'live';
}

class ReadyAnswer {
  @ApiProperty({ type: String, enum: ['ready'], description: 'Always this.' })
  status!: 'ready';
}

/** For load balancers and supervisors. */
@NativeApi()
@Controller('health')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get('live')
  @Requires('public')
  @Operation('Tell whether the process answers', { answer: LiveAnswer })
  live(): LiveAnswer {
    return { status: 'live' };
  }

  @Get('ready')
  @Requires('public')
  @Operation('Tell whether the process and its database answer', { answer: ReadyAnswer })
  async ready(): Promise<ReadyAnswer> {
    await this.database.query(ping).catch((cause: unknown) => {
      throw new AssayError('unavailable', 'The database does not answer.', { cause, retryAfterSeconds: 2 });
    });
    return { status: 'ready' };
  }
}
