import { Controller, Get } from '@nestjs/common';
import { Requires } from '../access';
import { NativeApi, Operation } from '../common';
import { presentUsage, UsageAnswer } from './usage.answer';
import { UsageService } from './usage.service';

/** Whether the server is used, for those who run it; it is never sent anywhere. */
@NativeApi('Server')
@Controller('usage_data/ml')
export class UsageController {
  constructor(private readonly usage: UsageService) {}

  @Get()
  @Requires('operator')
  @Operation('Count how much the server is used', {
    answer: UsageAnswer,
    description: 'Counted when somebody asks, at most once an hour in each process, and never sent anywhere.',
  })
  async show(): Promise<UsageAnswer> {
    return presentUsage(await this.usage.usage());
  }
}
