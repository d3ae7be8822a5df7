import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Studio } from './studio';
import { StudioController } from './studio.controller';
import { StudioGuard } from './studio.guard';

/** The host as it was before Assay came. */
@Global()
@Module({})
export class StudioModule {
  static of(studio: Studio): DynamicModule {
    return {
      module: StudioModule,
      controllers: [StudioController],
      providers: [
        { provide: Studio, useValue: studio },
        { provide: APP_GUARD, useClass: StudioGuard },
      ],
      exports: [Studio],
    };
  }
}
