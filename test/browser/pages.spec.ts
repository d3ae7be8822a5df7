import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { startAssay, type AssayServer } from '../support/assay';
import { launchChromium } from '../support/chromium';
import { describePart } from '../support/parts';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  nodes: { html: string }[];
}

const pages = ['experiments', 'experiments/1', 'candidates/1', 'merge_requests/1'];

describePart('chromium', 'the pages of the demo in a browser', () => {
  let assay: AssayServer;
  let browser: Browser;

  beforeAll(async () => {
    assay = await startAssay({ args: ['--demo'] });
    browser = await launchChromium();
    await demoSeeded(assay);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await assay.stop();
  });

  async function open(path: string, options: { colorScheme?: 'light' | 'dark'; width?: number } = {}): Promise<Page> {
    const context = await browser.newContext({
      colorScheme: options.colorScheme ?? 'light',
      viewport: { width: options.width ?? 1200, height: 900 },
      bypassCSP: false,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${assay.url}/${path}`);
    expect(complaints).toEqual([]);
    return page;
  }

  /** The policy of our pages forbids scripts, so the checker runs in a copy of the page without the policy. */
  async function violations(path: string, colorScheme: 'light' | 'dark'): Promise<string[]> {
    const context = await browser.newContext({ colorScheme, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`${assay.url}/${path}`);
    await page.addScriptTag({ content: axe });
    const found = await page.evaluate<Violation[]>(
      '(async () => (await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag22aa"] })).violations)()',
    );
    await context.close();
    return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  }

  describe.each(pages)('%s', (name) => {
    const path = `demo/penguins/-/ml/${name}`;

    it.each(['light', 'dark'] as const)('has no accessibility fault (%s)', async (colorScheme) => {
      expect(await violations(path, colorScheme)).toEqual([]);
    });

    it('fits a phone: only tables and plots scroll sideways', async () => {
      const page = await open(path, { width: 360 });
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(width).toBeLessThanOrEqual(360);
      await page.context().close();
    });
  });

  it('lists the experiment, opens it, and opens a candidate by clicking', async () => {
    const page = await open('demo/penguins/-/ml/experiments');
    await page.getByRole('link', { name: 'penguins', exact: true }).click();
    await page.getByRole('table').first().getByRole('link').first().click();
    await page.waitForURL(/\/candidates\/\d+$/);
    expect(await page.textContent('main')).toContain('learning_rate');
    await page.context().close();
  });

  it('shows the best candidate of the merge request against the target branch', async () => {
    const page = await open('demo/penguins/-/ml/merge_requests/1');
    const text = await page.textContent('main');
    expect(text).toContain('val_accuracy');
    expect(text).toContain('main');
    expect(await page.locator('svg').count()).toBeGreaterThan(0);
    await page.context().close();
  });

  it('opens the run that the MLflow client prints a link to', async () => {
    const { runId, trackingUri } = await demoRun(assay);
    const page = await open(`${new URL(trackingUri).pathname.slice(1)}/#/experiments/1/runs/${runId}`);
    await page.waitForURL(/\/candidates\/\d+$/);
    expect(await page.textContent('main')).toContain(runId);
    await page.context().close();
  });

  it('signs a maintainer in with a token, and keeps the token out of the page and its address', async () => {
    const page = await open('demo/penguins/-/ml/settings');
    expect(page.url()).toContain('/-/ml/sign_in');
    await page.getByLabel(/token/i).fill('wrong');
    await page.getByRole('button', { name: /sign in/i }).click();
    expect(await page.textContent('main')).toMatch(/token/i);
    await page.getByLabel(/token/i).fill(assay.adminToken);
    await page.getByRole('button', { name: /sign in/i }).click();
    await page.waitForURL(/\/-\/ml\/settings$/);
    expect(await page.content()).not.toContain(assay.adminToken);
    expect(await page.textContent('main')).toContain('MLFLOW_TRACKING_URI');
    await page.context().close();
  });
});

async function demoRun(assay: AssayServer): Promise<{ runId: string; trackingUri: string }> {
  const trackingUri = `${assay.url}/api/v4/projects/demo%2Fpenguins/ml/mlflow`;
  const body = { experiment_ids: ['1'], max_results: 1 };
  const found = await assay.call('POST', `${trackingUri}/api/2.0/mlflow/runs/search`, { body });
  const [run] = (found.json() as { runs: { info: { run_id: string } }[] }).runs;
  return { runId: run?.info.run_id ?? '', trackingUri };
}

async function demoSeeded(assay: AssayServer): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!/Merge request/.test(assay.output())) {
    if (Date.now() > deadline) throw new Error(`The demo was not seeded within 60 s:\n${assay.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
