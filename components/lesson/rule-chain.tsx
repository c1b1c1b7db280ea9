import { useTranslations } from 'next-intl'
import { Arrow, Diagram } from './diagram.tsx'

interface RuleChainProps {
  readonly caption: string
  readonly address: string
  readonly port: number
  /** Address and port of each endpoint. */
  readonly endpoints: readonly string[]
}

/**
 * The rules that a packet to a cluster IP meets. Each bar is what arrives at a rule and its filled part what the rule
 * takes: the probabilities grow, the shares stay equal.
 */
export function RuleChain({ caption, address, port, endpoints }: RuleChainProps) {
  const t = useTranslations('diagram')
  const box = 'rounded-lg border border-line-strong bg-raised px-3 py-2.5'
  const chain = 'font-mono text-[0.8125rem] font-semibold'
  return (
    <Diagram caption={caption}>
      <div className={box}>
        <p className={chain}>KUBE-SERVICES</p>
        <p className="text-sm text-ink-soft">
          {t('packetsTo')}{' '}
          <code className="text-ink">
            {address}:{port}
          </code>
        </p>
      </div>
      <Arrow down />
      <div className={box}>
        <p className={chain}>KUBE-SVC-…</p>
        <ol className="mt-1 flex flex-col gap-3">
          {endpoints.map((endpoint, i) => (
            <li key={endpoint}>
              <span className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
                <span className="font-mono text-[0.8125rem]">{probability(endpoints.length - i) ?? t('always')}</span>
                <span className="text-ink-soft">{t('shareOf', { count: endpoints.length })}</span>
              </span>
              <Share left={endpoints.length - i} of={endpoints.length} />
              <span className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">
                <span className="text-ink-soft">KUBE-SEP-… DNAT → </span>
                {endpoint}
              </span>
            </li>
          ))}
        </ol>
      </div>
      <Arrow down />
      <p className={`${box} text-center text-sm`}>{t('ordinaryPacket')}</p>
    </Diagram>
  )
}

/** As iptables-save says it, shortened; nothing for the last rule, which takes whatever arrives. */
const probability = (left: number): string | undefined =>
  left > 1 ? `probability ${(1 / left).toFixed(2)}` : undefined

/** Of `of` equal parts, `left` arrive here and one is taken. */
function Share({ left, of }: { readonly left: number; readonly of: number }) {
  return (
    <svg viewBox={`0 0 ${of} 1`} preserveAspectRatio="none" aria-hidden="true" className="my-0.5 h-2.5 w-full">
      <rect width={of} height="1" className="fill-surface" />
      <rect x={of - left} width={left} height="1" className="fill-accent opacity-25" />
      <rect x={of - left} width="1" height="1" className="fill-accent" />
    </svg>
  )
}
