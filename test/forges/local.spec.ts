import { forgeContract } from './forge.contract';
import { startLocal } from './local.fixture';

describe('the local forge', () => {
  forgeContract(startLocal);
});
