'use client'
import { useTranslations } from 'next-intl'
import { DrawnLine, Underlay } from './drawing.tsx'
import type { Layout } from './layout.ts'

interface DiagramLinesProps {
  readonly layout: Layout
  /** What the thing pointed at touches; everything else stands back. */
  readonly touched: ReadonlySet<string> | undefined
  /** Shapes that the last request passed: the lines between them stand out. */
  readonly way: ReadonlySet<string | undefined>
}

/** What is drawn under the boxes: the Services' strip, the lines, the ports written on them. */
export function DiagramLines({ layout, touched, way }: DiagramLinesProps) {
  return (
    <Underlay size={layout}>
      <Strip layout={layout} />
      {layout.lines.map((line) => {
        const lit = touched ?? way
        const on = lit.has(line.from) && lit.has(line.to)
        return (
          <DrawnLine key={line.id} path={line.path} on={on} solid={line.solid} opacity={touched && !on ? 0.2 : 0.9} />
        )
      })}
      <Ports layout={layout} touched={touched} />
    </Underlay>
  )
}

function Strip({ layout }: Pick<DiagramLinesProps, 'layout'>) {
  const t = useTranslations('topology')
  return (
    <>
      <rect
        x={layout.column.x}
        y={4}
        width={layout.column.width}
        height={layout.height - 8}
        rx={10}
        fill="var(--accent-wash)"
        stroke="var(--accent)"
        strokeDasharray="2 4"
        strokeOpacity={0.6}
        fillOpacity={0.75}
      />
      <text
        x={layout.column.x + layout.column.width / 2}
        y={17}
        textAnchor="middle"
        fontSize="10.5"
        fill="var(--ink-soft)"
      >
        {t('everyNode')}
      </text>
    </>
  )
}

function Ports({ layout, touched }: Pick<DiagramLinesProps, 'layout' | 'touched'>) {
  return (
    <>
      {layout.labels.map((label) => (
        <text
          key={label.id}
          x={label.x}
          y={label.y}
          textAnchor={label.anchor}
          fontSize="11"
          fontWeight="600"
          fontFamily="var(--font-mono)"
          fill="var(--ink)"
          stroke="var(--paper)"
          strokeWidth="4"
          paintOrder="stroke"
          opacity={touched && !touched.has(label.service) ? 0.3 : 1}
        >
          {label.text}
        </text>
      ))}
    </>
  )
}
