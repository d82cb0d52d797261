/** The Chromium that is installed: where it is, and how it is started. Nothing is downloaded. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser'];
const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'].filter((folder) => folder !== '');

/** The path of its program; the environment's CHROMIUM goes first. Undefined where there is none. */
export const executable: string | undefined =
  process.env.CHROMIUM ||
  folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts it. It ends with `close()`, or with this process. */
export const launch = (): Promise<Browser> => chromium.launch({ executablePath: executable ?? '', args });
