import { Module } from '@nestjs/common';
import { AccessModule } from '../../access';
import { MetricsController } from './metrics.controller';

/** The address that Prometheus reads; needs {@link MetricsOptions} from outside. */
@Module({ imports: [AccessModule], controllers: [MetricsController] })
export class MetricsModule {}
