package fleet

import "context"

// queries has a method for each statement that a crawl runs on this package's tables. The methods are in the files
// table_*.go, one file for each table, and in listed.go. The executor is the database or a transaction.
type queries struct {
	executor
	dialect
}

// db returns queries that run outside of transactions.
func (f *Fleet) db() queries { return queries{f.store, f.store} }

// tx runs a transaction, and retries it after a conflict with another transaction.
func (f *Fleet) tx(ctx context.Context, body func(queries) error) error {
	return f.store.tx(ctx, func(e executor) error { return body(queries{e, f.store}) })
}

// idRecord is a row for dialect.records that has only an ID.
type idRecord struct {
	ID int64 `json:"id"`
}

// idRecords converts IDs to an argument for dialect.records, with the rows in the same order.
func idRecords[T int | int64](ids []T) string {
	list := make([]idRecord, 0, len(ids))
	for _, id := range ids {
		list = append(list, idRecord{int64(id)})
	}
	return toJSON(list)
}

// keyRecord is a row for dialect.records that has the key of an address or of a family of addresses, and a number.
type keyRecord struct {
	Key string `json:"k"` // hexadecimal
	N   int64  `json:"n"`
}

var keyColumns = []column{{"k", "text"}, {"n", "bigint"}}

// orNull converts an empty text to NULL.
func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
