import { useTranslations } from 'next-intl'
import { KindIcon, type KindSign } from '../topology/kind-icon.tsx'
import { Icon } from '../ui/icons.tsx'
import { Arrow, Diagram } from './diagram.tsx'

interface PathHop {
  readonly kind: KindSign
  readonly name: string
  /** Addresses and ports, one a line. */
  readonly values?: readonly string[]
  readonly note?: string
  /** What stands on the arrow that leads here, such as a port. */
  readonly by?: string
  /** The packet gets no further. */
  readonly lost?: boolean
}

/** More boxes than this stand below each other, however much room there is. */
const LONGEST_ROW = 4

/** The hops of a packet, or the stations of an object, in order. */
export function PacketPath({ caption, hops }: { readonly caption: string; readonly hops: readonly PathHop[] }) {
  const inRow = hops.length <= LONGEST_ROW
  return (
    <Diagram caption={caption}>
      <ol className={`flex flex-col ${inRow ? '@lg:flex-row @lg:items-stretch' : ''}`}>
        {hops.map((hop, i) => (
          <li
            key={hop.name}
            className={`flex min-w-0 flex-col ${inRow ? `@lg:grow @lg:flex-row @lg:items-center ${i > 0 ? '@lg:basis-11' : '@lg:basis-0'}` : ''}`}
          >
            {i > 0 && <Arrow label={hop.by} down={!inRow} />}
            <Box hop={hop} inRow={inRow} />
          </li>
        ))}
      </ol>
    </Diagram>
  )
}

function Box({
  hop: { kind, name, values = [], note, lost },
  inRow,
}: {
  readonly hop: PathHop
  readonly inRow: boolean
}) {
  const t = useTranslations('diagram')
  const look = lost ? 'border-dashed border-bad bg-bad-wash' : 'border-line-strong bg-raised'
  const row = inRow ? '@lg:h-full @lg:flex-1 @lg:flex-col @lg:flex-nowrap @lg:gap-y-0.5 @lg:px-1.5' : ''
  return (
    <span
      className={`flex min-w-0 flex-wrap items-center justify-center gap-x-3 gap-y-0.5 rounded-lg border px-3 py-2.5 text-center ${row} ${look}`}
    >
      <span className={`flex items-center gap-1.5 text-sm font-semibold ${inRow ? '@lg:flex-col @lg:gap-0.5' : ''}`}>
        <KindIcon kind={kind} className={`size-5 ${lost ? 'text-bad' : 'text-accent'}`} />
        {name}
      </span>
      {values.map((value) => (
        <span key={value} className="font-mono text-xs leading-5 [overflow-wrap:anywhere]">
          {value}
        </span>
      ))}
      {note && <span className="text-xs leading-5 text-ink-soft">{note}</span>}
      {lost && (
        <span className="flex items-center gap-1 text-xs font-semibold text-bad">
          <Icon name="cross" className="size-3.5" strokeWidth="2" />
          {t('lost')}
        </span>
      )}
    </span>
  )
}
