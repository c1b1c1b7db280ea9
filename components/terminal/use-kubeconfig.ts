'use client'
import { useEffect, useState } from 'react'

export const KUBECONFIG_NAME = 'slipway.kubeconfig'

/** The kubeconfig of a workspace: when the last one was made, how to make one and how to end it. */
export function useKubeconfig(workspace: string) {
  const url = `/api/kubeconfig?workspace=${encodeURIComponent(workspace)}`
  const [issuedAt, setIssuedAt] = useState<number>()
  const [pending, setPending] = useState(false)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    let current = true
    fetch(url)
      .then((response) => response.json())
      .then((body: { issuedAt?: unknown }) => {
        if (current && typeof body.issuedAt === 'number') setIssuedAt(body.issuedAt)
      })
      .catch(() => undefined)
    return () => {
      current = false
    }
  }, [url])

  const ask = async (method: 'POST' | 'DELETE', then: (response: Response) => Promise<void>) => {
    setPending(true)
    setFailed(false)
    try {
      const response = await fetch(url, { method })
      if (!response.ok) throw new Error(response.statusText)
      await then(response)
    } catch {
      setFailed(true)
    }
    setPending(false)
  }
  return {
    issuedAt,
    pending,
    failed,
    download: () =>
      ask('POST', async (response) => {
        offer(await response.blob())
        setIssuedAt(Date.now())
      }),
    revoke: () => ask('DELETE', async () => setIssuedAt(undefined)),
  }
}

/** Has the browser save a file. */
function offer(content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = KUBECONFIG_NAME
  link.click()
  URL.revokeObjectURL(link.href)
}
