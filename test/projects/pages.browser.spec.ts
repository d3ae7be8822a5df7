import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium';
import { startWorld, type World } from './world';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Findings {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** What is wrong with the page as it stands: for those who do not see it well, and for narrow screens. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<Findings>('axe.run()');
  const [inner, whole] = await page.evaluate<[number, number]>('[innerWidth, document.documentElement.scrollWidth]');
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  return whole > inner ? [...found, `${String(whole)} pixels wide on a screen of ${String(inner)}`] : found;
}

describe.each([
  ['a light, wide screen', 'light', 1200],
  ['a dark, narrow screen', 'dark', 390],
] as const)('a maintainer in a browser with %s', (_name, colorScheme, width) => {
  let world: World;
  let browser: Browser;

  beforeAll(async () => {
    world = await startWorld();
    await world.project('iris', { enabled: false });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  it('signs in, enables, makes a token, saves and signs out, on pages without faults', async () => {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
    const refused: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) refused.push(message.text());
    });
    await page.goto(`${world.url}/owner/iris/-/ml/settings`);
    expect(await page.title()).toBe('Sign in · Assay');
    expect(await faults(page)).toEqual([]);

    await page.getByLabel('Token').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('not valid');
    expect(await faults(page)).toEqual([]);

    await page.getByLabel('Token').fill(world.tokens.owner);
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.title()).toBe('Settings · owner/iris · Assay');
    expect(await faults(page)).toEqual([]);

    await page.getByRole('button', { name: 'Enable experiments' }).click();
    await page.getByLabel('Name', { exact: true }).fill('training cluster');
    await page.getByRole('button', { name: 'Create a token' }).click();
    expect(await page.locator('#secret').innerText()).toMatch(/^assay_pat_/);
    expect(await faults(page)).toEqual([]);

    await page.getByLabel('Primary metric').fill('accuracy');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await page.getByLabel('Primary metric').inputValue()).toBe('accuracy');

    await page.goto(`${world.url}/owner/none/-/ml/settings`);
    expect(await page.getByRole('heading').first().innerText()).toBe('There is no such page');
    expect(await faults(page)).toEqual([]);

    await page.goto(`${world.url}/owner/iris/-/ml/settings`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.goto(`${world.url}/owner/iris/-/ml/settings`);
    expect(await page.title()).toBe('Sign in · Assay');
    expect(refused).toEqual([]);
    await page.close();
  });
});
