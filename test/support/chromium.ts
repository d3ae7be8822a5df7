import { chromium, type Browser } from 'playwright-core';
import { requirePart } from './parts';

/** A headless Chromium; each has its own throw-away profile. The caller closes it. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: requirePart('chromium').binary,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
