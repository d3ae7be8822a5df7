import { Body, Controller, Get, NotFoundException, Param, ParseIntPipe, Post, Req } from '@nestjs/common';
import { Studio } from './studio';
import type { StudioRequest } from './studio.guard';

/** The host's own routes. */
@Controller('studio')
export class StudioController {
  constructor(private readonly studio: Studio) {}

  @Get('projects')
  projects(@Req() { studioUser = '' }: StudioRequest): { name: string }[] {
    return this.studio.projectsOf(studioUser).map(({ team, name }) => ({ name: `${team}/${name}` }));
  }

  /** What Assay wrote on a review. */
  @Get('projects/:project/reviews/:number')
  review(@Param('project', ParseIntPipe) project: number, @Param('number', ParseIntPipe) number: number): object {
    const review = this.studio.review(project, number);
    if (review === undefined) throw new NotFoundException();
    return { title: review.title, notes: [...review.notes.values()], checks: Object.fromEntries(review.checks) };
  }

  /** Gives the body back as the host's own parser read it. */
  @Post('echo')
  echo(@Body() body: unknown): { body: unknown } {
    return { body };
  }
}
