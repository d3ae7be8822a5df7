import { describePart } from '../support/parts';
import { forgeContract } from './forge.contract';
import { startGiteaFixture } from './gitea.fixture';

describePart('gitea', 'Gitea', () => {
  forgeContract(startGiteaFixture);
});
