import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** What the parts of a bar are told apart by; each is named in the legend too. */
export type BarTone = 'brand' | 'danger' | 'muted';

export interface Bar {
  /** Below the bar; of a row of many, only now and then. */
  label: string;
  /** In full: for the table, and for who points at the bar. */
  title: string;
  /** One value for each series, in their order, none below zero. */
  values: readonly number[];
}

export interface BarChartProps {
  /** What is shown, as a heading of the table too. */
  label: string;
  series: readonly { name: string; tone: BarTone }[];
  bars: readonly Bar[];
  format: (value: number) => string;
  /** A line across, such as a budget. */
  limit?: { value: number; name: string };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Bars side by side, their parts on one another, and the same as a table for who cannot see or wants the numbers. */
export function BarChart({ label, series, bars, format, limit }: BarChartProps): ReactElement {
  const most = Math.max(0, limit?.value ?? 0, ...bars.map(({ values }) => sum(values)));
  return (
    <figure className="bar-chart">
      <figcaption className="visually-hidden">{label}</figcaption>
      <Legend series={series} limit={limit && `${limit.name}: ${format(limit.value)}`} />
      <div className="bar-chart-plot" aria-hidden="true">
        <span className="bar-chart-most">{format(most)}</span>
        <Bars bars={bars} series={series} most={most || 1} limit={limit?.value} format={format} />
      </div>
      <div className="bar-chart-axis" aria-hidden="true">
        {bars.map((bar) => (
          <span key={bar.title}>{bar.label}</span>
        ))}
      </div>
      <Numbers label={label} series={series} bars={bars} format={format} />
    </figure>
  );
}

function Legend({
  series,
  limit,
}: {
  series: BarChartProps['series'];
  limit: string | undefined;
}): ReactElement | null {
  if (series.length < 2 && !limit) return null;
  return (
    <ul className="bar-chart-legend" aria-hidden="true">
      {series.map(({ name, tone }) => (
        <li key={name} className={`bar-chart-key bar-chart-key--${tone}`}>
          {name}
        </li>
      ))}
      {limit && <li className="bar-chart-key bar-chart-key--limit">{limit}</li>}
    </ul>
  );
}

interface BarsProps extends Pick<BarChartProps, 'bars' | 'series' | 'format'> {
  most: number;
  limit: number | undefined;
}

const HEIGHT = 100;
const WIDTH = 10;
const GAP = 1.5;

function Bars({ bars, series, most, limit, format }: BarsProps): ReactElement {
  const heightOf = (value: number): number => (value / most) * HEIGHT;
  const y = HEIGHT - heightOf(limit ?? 0);
  return (
    <svg
      viewBox={`0 0 ${bars.length * WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {bars.map((bar, index) => (
        <g key={bar.title}>
          <title>{`${bar.title}: ${bar.values.map(format).join(' + ')}`}</title>
          {/* Wide and high enough to be pointed at, where the bar is small. */}
          <rect x={index * WIDTH} y={0} width={WIDTH} height={HEIGHT} fill="transparent" />
          {bar.values.map((value, part) => (
            <rect
              key={series[part]?.name}
              className={`bar-chart-part bar-chart-part--${series[part]?.tone}`}
              x={index * WIDTH + GAP}
              y={HEIGHT - heightOf(sum(bar.values.slice(0, part + 1)))}
              width={WIDTH - 2 * GAP}
              height={heightOf(value)}
            />
          ))}
        </g>
      ))}
      {limit !== undefined && (
        <line className="bar-chart-limit" x1={0} x2={bars.length * WIDTH} y1={y} y2={y} />
      )}
    </svg>
  );
}

function Numbers({ label, series, bars, format }: Omit<BarChartProps, 'limit'>): ReactElement {
  const { t } = useTranslation('ui');
  return (
    <details className="bar-chart-numbers">
      <summary>{t('ui.chart-numbers')}</summary>
      <table>
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{t('ui.chart-when')}</th>
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.title}>
              <th scope="row">{bar.title}</th>
              {bar.values.map((value, part) => (
                <td key={series[part]?.name}>{format(value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
