-- DropIndex
DROP INDEX "Workspace_apiSecret_key";

-- AlterTable
ALTER TABLE "Workspace" DROP COLUMN "apiSecret";

-- CreateTable
CREATE TABLE "ApiKey" (
    "learnerId" UUID NOT NULL,
    "workspace" VARCHAR(100) NOT NULL,
    "secretHash" CHAR(64) NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("learnerId","workspace")
);

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_secretHash_key" ON "ApiKey"("secretHash");

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_learnerId_workspace_fkey" FOREIGN KEY ("learnerId", "workspace") REFERENCES "Workspace"("learnerId", "key") ON DELETE CASCADE ON UPDATE CASCADE;
