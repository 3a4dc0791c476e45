package fleet

import (
	"context"
	"fmt"
	"log/slog"
)

// silent discards River's own log.
var silent = slog.New(slog.DiscardHandler)

// migrateOurs creates our tables with the script that has the given name, or upgrades older tables. It returns
// ErrSchema if the tables are newer than this program. The function run runs a script. The caller must hold a lock that
// excludes all other processes.
func migrateOurs(ctx context.Context, e executor, name string, run func(script string) error) error {
	if _, err := e.exec(ctx, "CREATE TABLE IF NOT EXISTS dechaff_schema (version integer NOT NULL)"); err != nil {
		return err
	}
	version := 0
	if _, err := queryRow(ctx, e, "SELECT version FROM dechaff_schema", nil, &version); err != nil {
		return err
	}
	switch {
	case version == schemaVersion:
		return nil
	case version > schemaVersion:
		return fmt.Errorf("%w: it has version %d, but this program supports only versions up to %d", ErrSchema, version,
			schemaVersion)
	}
	scripts := []string{name}
	for made := version; made > 0 && made < schemaVersion; made++ {
		scripts = append(scripts[:made-version], fmt.Sprintf("schema/upgrade_%d.sql", made+1))
	}
	for _, name := range scripts {
		script, err := schemas.ReadFile(name)
		if err != nil {
			return err
		}
		if err := run(string(script)); err != nil {
			return err
		}
	}
	if _, err := e.exec(ctx, "DELETE FROM dechaff_schema"); err != nil {
		return err
	}
	_, err := e.exec(ctx, "INSERT INTO dechaff_schema (version) VALUES ($1)", schemaVersion)
	return err
}
