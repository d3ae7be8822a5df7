import { Module } from '@nestjs/common';

/** The models that candidates log. */
@Module({})
export class ModelsModule {}
