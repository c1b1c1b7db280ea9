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

/** The hops of a packet, or the stations of an object, in order. */
export function PacketPath({ caption, hops }: { readonly caption: string; readonly hops: readonly PathHop[] }) {
  return (
    <Diagram caption={caption}>
      <ol className="flex flex-col @lg:flex-row @lg:items-stretch">
        {hops.map((hop, i) => (
          <li key={hop.name} className="flex min-w-0 flex-1 flex-col @lg:flex-row @lg:items-center">
            {i > 0 && <Arrow label={hop.by} />}
            <Box hop={hop} />
          </li>
        ))}
      </ol>
    </Diagram>
  )
}

function Box({ hop: { kind, name, values = [], note, lost } }: { readonly hop: PathHop }) {
  const t = useTranslations('diagram')
  const look = lost ? 'border-dashed border-bad bg-bad-wash' : 'border-line-strong bg-raised'
  return (
    <span
      className={`flex min-w-0 flex-1 flex-col items-center justify-center gap-0.5 rounded-lg border px-2 py-2.5 text-center @lg:h-full ${look}`}
    >
      <span className="flex items-center gap-1.5 text-sm font-semibold @lg:flex-col @lg:gap-0.5">
        <KindIcon kind={kind} className={`size-5 ${lost ? 'text-bad' : 'text-accent'}`} />
        {name}
      </span>
      {values.map((value) => (
        <span key={value} className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">
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
