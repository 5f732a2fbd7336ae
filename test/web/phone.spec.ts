import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { BOOK, commandLines } from '../lusong.js';
import { expectAccessible, Office, type Desk } from './app.js';
import { inBrowser } from './browser.js';

const PHONE = { width: 390, height: 844 };
const NARROWEST_CELL_PX = 36;

inBrowser('annex 3 on a phone', () => {
  let office: Office;
  let desk: Desk;

  beforeAll(async () => {
    office = await Office.open(commandLines.length);
    desk = await office.desk('张敏', { role: 'clerk', units: [BOOK.unit] });
  }, 90_000);
  afterAll(() => office.close());

  it('keeps its shape under a window of its own; heading and notes are read without moving it', async () => {
    const { page } = desk;
    await page.setViewportSize(PHONE);
    await page.goto(
      `${office.api.url}/books/${BOOK.unit}/${BOOK.fiscalYear}/reports?report=annex-3`,
    );
    await page.getByText('左右滑动可看全表').waitFor();
    const measured = await page.evaluate<Record<string, number>>(`(() => {
      const all = (selector) => [...document.querySelectorAll(selector)];
      const right = (selector) => Math.max(...all(selector).map((e) => e.getBoundingClientRect().right));
      const slide = document.querySelector('.slide');
      return {
        page: document.documentElement.scrollWidth,
        headings: right('.paper h1, .paper .heading, .paper .notes, .paper .signature'),
        slides: slide.scrollWidth - slide.clientWidth,
        narrowest: Math.min(...all('.paper td').map((e) => e.getBoundingClientRect().width)),
        bands: Math.min(...all('.paper .band-body').map((e) => e.getBoundingClientRect().left)),
        sheet: document.querySelector('.paper .sheet').getBoundingClientRect().left,
      };
    })()`);
    expect(measured['page']).toBeLessThanOrEqual(PHONE.width);
    expect(measured['headings']).toBeLessThanOrEqual(PHONE.width);
    expect(measured['slides']).toBeGreaterThan(0);
    expect(measured['narrowest']).toBeGreaterThanOrEqual(NARROWEST_CELL_PX);
    // planted bug: the name of a part takes a column of its own
    expect(measured['bands']).toBeCloseTo(measured['sheet']!, 0);
    await expectAccessible(page);
    // by keys alone its end comes into sight
    await page.getByRole('region', { name: /整体支出绩效自评表/ }).focus();
    const leftToSlide = () =>
      page.evaluate<number>(`(() => {
        const slide = document.querySelector('.slide');
        return slide.scrollWidth - slide.clientWidth - slide.scrollLeft;
      })()`);
    for (let presses = 0; presses < 60 && (await leftToSlide()) > 2; presses++)
      await page.keyboard.press('ArrowRight');
    expect(await leftToSlide()).toBeLessThanOrEqual(2);
    expect(desk.complaints).toEqual([]);
  }, 60_000);
});
