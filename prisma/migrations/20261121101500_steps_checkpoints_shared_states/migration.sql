-- CreateTable
CREATE TABLE "Step" (
    "learnerId" UUID NOT NULL,
    "workspace" VARCHAR(100) NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" VARCHAR(16),
    "label" TEXT,
    "state" TEXT NOT NULL,
    "size" INTEGER NOT NULL,

    CONSTRAINT "Step_pkey" PRIMARY KEY ("learnerId","workspace","number")
);

-- CreateTable
CREATE TABLE "Checkpoint" (
    "id" UUID NOT NULL,
    "learnerId" UUID NOT NULL,
    "workspace" VARCHAR(100) NOT NULL,
    "name" VARCHAR(80) NOT NULL,
    "state" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Checkpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SharedState" (
    "id" VARCHAR(22) NOT NULL,
    "learnerId" UUID NOT NULL,
    "workspace" VARCHAR(100) NOT NULL,
    "machine" VARCHAR(64) NOT NULL,
    "user" VARCHAR(64) NOT NULL,
    "state" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SharedState_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Checkpoint_learnerId_workspace_idx" ON "Checkpoint"("learnerId", "workspace");

-- CreateIndex
CREATE INDEX "SharedState_learnerId_idx" ON "SharedState"("learnerId");

-- CreateIndex
CREATE INDEX "SharedState_expiresAt_idx" ON "SharedState"("expiresAt");

-- AddForeignKey
ALTER TABLE "Step" ADD CONSTRAINT "Step_learnerId_workspace_fkey" FOREIGN KEY ("learnerId", "workspace") REFERENCES "Workspace"("learnerId", "key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Checkpoint" ADD CONSTRAINT "Checkpoint_learnerId_workspace_fkey" FOREIGN KEY ("learnerId", "workspace") REFERENCES "Workspace"("learnerId", "key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SharedState" ADD CONSTRAINT "SharedState_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The state from before the last reset becomes a step that can be undone.
INSERT INTO "Step" ("learnerId", "workspace", "number", "kind", "label", "state", "size")
SELECT "learnerId", "key", 1, 'reset', '', "previous", length("previous") FROM "Workspace" WHERE "previous" IS NOT NULL;

-- AlterTable
ALTER TABLE "Workspace" DROP COLUMN "previous";
