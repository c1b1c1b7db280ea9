import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getFormatter, getTranslations } from 'next-intl/server'
import { placeOf } from '@/app/place-of.ts'
import { workspaceActions } from '@/app/workspace.ts'
import { CodeBlock } from '@/components/lesson/code-block.tsx'
import { WorkspaceProvider } from '@/components/workspace/provider.tsx'
import { WorkspacePane } from '@/components/workspace/workspace-pane.tsx'
import { pageLocale } from '@/i18n/locale-params.ts'
import { Link } from '@/i18n/navigation.ts'
import { currentLearner } from '@/server/data/learner.ts'
import { findShared } from '@/server/data/workspaces.ts'
import { sharedId } from '@/server/protocol.ts'

interface SharedPageProps {
  readonly params: Promise<{ locale: string; id: string }>
}

export async function generateMetadata({ params }: SharedPageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: await pageLocale(params), namespace: 'shared' })
  return { title: t('title'), robots: { index: false, follow: false }, referrer: 'no-referrer' }
}

const LOOK_AROUND = `kubectl get deploy,svc,pods
kubectl get endpointslices
kubectl get events --sort-by=.lastTimestamp | tail -n 5`

/** A copy of a shared state, in a workspace of the visitor's own. */
export default async function SharedPage({ params }: SharedPageProps) {
  const locale = await pageLocale(params)
  const id = sharedId.safeParse((await params).id).data
  const shared = id && (await findShared(await currentLearner(), id))
  if (!shared) notFound()
  const { link } = shared
  const [t, format, place] = await Promise.all([
    getTranslations('shared'),
    getFormatter(),
    link && placeOf(link.workspace, locale),
  ])
  const date = (time: number) => format.dateTime(time, { dateStyle: 'long' })
  return (
    <WorkspaceProvider workspace={`shared:${id}`} locale={locale} actions={workspaceActions}>
      <div data-panes className="workspace-page">
        <main id="content" tabIndex={-1} className="min-w-0 px-5 pt-8 pb-16 outline-none sm:px-8">
          <div className="mx-auto max-w-2xl">
            <h1 className="text-[1.75rem] leading-tight font-bold">{t('title')}</h1>
            <p className="mt-4 leading-7">{t('lead')}</p>
            <dl className="mt-6 grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-2 border-y border-line py-4 text-[0.9375rem]">
              {link && place && (
                <>
                  <dt className="text-ink-soft">{t('from')}</dt>
                  <dd>
                    {place.href ? (
                      <Link href={place.href} className="underline underline-offset-4">
                        {place.title}
                      </Link>
                    ) : (
                      place.title
                    )}
                  </dd>
                  <dt className="text-ink-soft">{t('made')}</dt>
                  <dd>{date(link.createdAt)}</dd>
                  <dt className="text-ink-soft">{t('until')}</dt>
                  <dd>{date(link.expiresAt)}</dd>
                </>
              )}
              {!link && <dd className="col-span-2">{t('expired')}</dd>}
            </dl>
            <p className="mt-4 text-[0.9375rem] text-ink-soft">{t('resetHint')}</p>
            <h2 className="mt-8 font-semibold">{t('try')}</h2>
            <div className="prose">
              <CodeBlock data-language="bash" data-run="true" data-source={LOOK_AROUND}>
                <code>{LOOK_AROUND}</code>
              </CodeBlock>
            </div>
          </div>
        </main>
        <WorkspacePane />
      </div>
    </WorkspaceProvider>
  )
}
