import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { launchBrowser } from '../../../../../../tests/e2e/support/browser.ts';
import { testApp } from '../app.fixture.ts';

test('[WEB-1] /docs shows the API and tries it, with nothing inline and nothing from elsewhere', async () => {
  const { app } = await testApp({ issuer: 'http://localhost:8080', acceptLoopback: true });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      const isOurs = request.url().startsWith(`${base}/`) || request.url().startsWith('data:');
      if (!isOurs) complaints.push(request.url());
    });
    await page.goto(`${base}/docs`);
    await page.locator('#operations-test-readEcho button').first().click();
    await page.getByRole('button', { name: 'Execute' }).click();
    await page.getByText('a@b.it').first().waitFor();
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
    await app.close();
  }
});
