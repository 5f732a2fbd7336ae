import { BarChart } from 'echarts/charts.js';
import { AriaComponent, GridComponent, MarkLineComponent } from 'echarts/components.js';
import { init, use } from 'echarts/core.js';
import { SVGRenderer } from 'echarts/renderers.js';
import { useEffect, useRef } from 'react';
import type { Overview } from '../../api/types.js';

use([BarChart, GridComponent, MarkLineComponent, AriaComponent, SVGRenderer]);

const BAR_PX = 34;
const INK = '#1c2430';
const FULL_PERCENT = 100;

interface Props {
  readonly overview: Overview;
  readonly label: string;
  readonly timeGone: string;
}

/** Bars against one line for the time gone: hatched and labelled, so that it reads in grey and on paper. */
export default function ExecutionChart({ overview, label, timeGone }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { projects, timeGonePercent } = overview;
  useEffect(() => {
    const chart = init(box.current, undefined, { renderer: 'svg' });
    chart.setOption({
      animation: false,
      aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
      grid: { left: 8, right: 64, top: 22, bottom: 4, containLabel: true },
      xAxis: {
        type: 'value',
        max: FULL_PERCENT,
        axisLabel: { formatter: '{value}%', color: INK },
        splitLine: { lineStyle: { color: '#dde2e8' } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: projects.map(({ name }) => name),
        axisLabel: { color: INK, width: 150, overflow: 'truncate' },
      },
      series: [
        {
          type: 'bar',
          barWidth: 14,
          itemStyle: { color: '#6f93b5', borderColor: INK, borderWidth: 1 },
          // the width of a bar; the figure beside it is the server's text
          data: projects.map(({ rate }) => Number(rate)),
          label: {
            show: true,
            position: 'right',
            color: INK,
            backgroundColor: '#fff',
            padding: [1, 3],
            formatter: ({ dataIndex }: { dataIndex: number }) => `${projects[dataIndex]!.rate}%`,
          },
          markLine: {
            symbol: 'none',
            silent: true,
            lineStyle: { color: INK, type: 'dashed', width: 1.5 },
            label: {
              formatter: `${timeGone} ${timeGonePercent}%`,
              color: INK,
              position: 'start',
              distance: 4,
            },
            data: [{ xAxis: Number(timeGonePercent) }],
          },
        },
      ],
    });
    const resize = new ResizeObserver(() => chart.resize());
    resize.observe(box.current!);
    return () => {
      resize.disconnect();
      chart.dispose();
    };
  }, [projects, timeGonePercent, timeGone]);
  return (
    <div
      ref={box}
      role="img"
      aria-label={label}
      style={{ height: projects.length * BAR_PX + 50 }}
    />
  );
}
