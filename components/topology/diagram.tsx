'use client'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { TopologyView } from '../../server/protocol.ts'
import type { Layout } from './layout.ts'
import { touchedBy } from './relations.ts'
import { ShapeBox } from './shape-box.tsx'

/** How far the packet of the last request has come. */
export interface PacketState {
  readonly shape: string | undefined
  readonly dead: boolean
}

interface DiagramProps {
  readonly view: TopologyView
  readonly layout: Layout
  readonly pointed: string | undefined
  readonly onPoint: (id: string | undefined) => void
  readonly packet: PacketState | undefined
  /** Shape the active terminal stands on. */
  readonly here: string | undefined
}

/** Lines drawn beneath, things as buttons above, the packet on top. */
export function Diagram({ view, layout, pointed, onPoint, packet, here }: DiagramProps) {
  const t = useTranslations('topology')
  const touched = useMemo(() => (pointed ? touchedBy(layout, pointed) : undefined), [layout, pointed])
  const at = layout.shapes.find((shape) => shape.id === packet?.shape)
  const bands = layout.shapes.filter((shape) => shape.kind === 'node' || shape.kind === 'waiting')
  const others = layout.shapes.filter((shape) => shape.kind !== 'node' && shape.kind !== 'waiting')
  const box = (shape: (typeof layout.shapes)[number]) => (
    <ShapeBox
      key={shape.id}
      shape={shape}
      view={view}
      dimmed={touched !== undefined && !touched.has(shape.id)}
      focused={pointed === shape.id}
      lit={packet?.shape === shape.id && !packet.dead}
      dead={packet?.shape === shape.id && packet.dead}
      here={here === shape.id}
      onPoint={onPoint}
    />
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing made of parts, not a form's fieldset
    <div
      role="group"
      aria-label={t('pane')}
      className="relative mx-auto"
      style={{ width: layout.width, height: layout.height }}
    >
      {bands.map(box)}
      <svg
        width={layout.width}
        height={layout.height}
        className="pointer-events-none absolute inset-0"
        aria-hidden="true"
      >
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
        {layout.lines.map((line) => {
          const on = touched?.has(line.from) && touched.has(line.to)
          return (
            <path
              key={line.id}
              d={line.path}
              fill="none"
              stroke={on ? 'var(--accent)' : 'var(--line-strong)'}
              strokeWidth={on ? 2 : 1.25}
              strokeDasharray={line.solid ? undefined : '4 4'}
              opacity={touched && !on ? 0.2 : 0.9}
            />
          )
        })}
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
      </svg>
      {others.map(box)}
      {at && packet && !packet.dead && (
        <span
          aria-hidden="true"
          className="pointer-events-none absolute top-0 left-0 size-3.5 rounded-full border-2 border-paper bg-accent shadow transition-transform duration-500 ease-out"
          style={{
            transform: `translate(${at.kind === 'laptop' ? at.x + at.width - 7 : at.x - 7}px, ${at.y + at.height / 2 - 7}px)`,
          }}
        />
      )}
    </div>
  )
}
