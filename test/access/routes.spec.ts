import { Controller, Get, Module, Post } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { startWorld } from '../projects/world';
import { routesWithoutPermission } from './routes-have-permission';

@Controller()
class ForgetfulController {
  @Get()
  list(): void {}

  @Post()
  create(): void {}

  helper(): void {}
}

@Module({ controllers: [ForgetfulController] })
class ForgetfulModule {}

describe('the walk over the routes', () => {
  it('finds none without a permission in access and projects', async () => {
    const world = await startWorld();
    expect(routesWithoutPermission(world.app)).toEqual([]);
    await world.close();
  });

  it("finds those that declare nothing, unless they are the host's own", async () => {
    const testing = await Test.createTestingModule({ imports: [ForgetfulModule] }).compile();
    const app = testing.createNestApplication();
    await app.init();
    expect(routesWithoutPermission(app)).toEqual(['ForgetfulController.list', 'ForgetfulController.create']);
    expect(routesWithoutPermission(app, [ForgetfulController])).toEqual([]);
    await app.close();
  });
});
