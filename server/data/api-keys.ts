import { createHash, randomBytes } from 'node:crypto'
import { database } from './database.ts'

/** A learner's cluster in one workspace, as the cluster service names it. */
interface ClusterName {
  readonly learnerId: string
  readonly workspace: string
}

/** How long a downloaded kubeconfig opens its cluster. */
const LIFE_MS = 30 * 24 * 3_600_000

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const idOf = ({ learnerId, workspace }: ClusterName) => ({ learnerId_workspace: { learnerId, workspace } })

/** A new secret for a cluster that is in the database; the one before opens nothing any more. Only its hash is kept. */
export async function issueApiKey({ learnerId, workspace }: ClusterName): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  const fresh = { secretHash: sha256(secret), issuedAt: new Date() }
  await database().apiKey.upsert({
    where: idOf({ learnerId, workspace }),
    create: { learnerId, workspace, ...fresh },
    update: fresh,
  })
  return secret
}

/** From now on no kubeconfig opens this cluster. */
export async function revokeApiKey({ learnerId, workspace }: ClusterName): Promise<void> {
  await database().apiKey.deleteMany({ where: { learnerId, workspace } })
}

/** When the kubeconfig that opens this cluster was downloaded, ms since the epoch; undefined if none does. */
export async function apiKeyIssuedAt(cluster: ClusterName): Promise<number | undefined> {
  const row = await database().apiKey.findUnique({ where: idOf(cluster), select: { issuedAt: true } })
  return row && isAlive(row) ? row.issuedAt.getTime() : undefined
}

/** Whose cluster a kubeconfig's secret opens. */
export async function clusterBySecret(secret: string): Promise<ClusterName | undefined> {
  const row = await database().apiKey.findUnique({ where: { secretHash: sha256(secret) } })
  return row && isAlive(row) ? { learnerId: row.learnerId, workspace: row.workspace } : undefined
}

const isAlive = ({ issuedAt }: { readonly issuedAt: Date }) => Date.now() - issuedAt.getTime() < LIFE_MS
