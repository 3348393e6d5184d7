//! Lists of tables: `[[section]]`, or the same in one line.

use toml_edit::{Array, ArrayOfTables, InlineTable, Item, Table, TableLike, Value};

use super::edit::Edit;

/// Writes rows to the tables of a list that are read, in order; tables beyond go, and others come.
pub(super) fn tables<T>(
    edit: &mut Edit,
    parent: &mut dyn TableLike,
    key: &str,
    is_read: impl Fn(&dyn TableLike) -> bool,
    rows: &[&T],
    write: impl Fn(&mut Edit, &mut dyn TableLike, &T),
) {
    if rows.is_empty() && !parent.contains_key(key) {
        return;
    }
    if !parent.contains_key(key) {
        // To a table with dots in its keys, no heading may add anything.
        let list = match parent.is_dotted() {
            true => Item::Value(Value::Array(Array::new())),
            false => Item::ArrayOfTables(ArrayOfTables::new()),
        };
        parent.insert(key, list);
    }
    let is_empty = match parent.get_mut(key) {
        Some(Item::ArrayOfTables(list)) => {
            in_tables(edit, list, is_read, rows, write);
            list.is_empty()
        }
        Some(Item::Value(Value::Array(list))) => {
            let was_empty = list.is_empty();
            in_one_line(edit, list, is_read, rows, write);
            list.is_empty() && !was_empty
        }
        _ => false,
    };
    if is_empty {
        edit.remove(parent, key);
    }
}

fn in_tables<T>(
    edit: &mut Edit,
    list: &mut ArrayOfTables,
    is_read: impl Fn(&dyn TableLike) -> bool,
    rows: &[&T],
    write: impl Fn(&mut Edit, &mut dyn TableLike, &T),
) {
    let read: Vec<_> = (0..list.len()).filter(|&index| list.get(index).is_some_and(|table| is_read(table))).collect();
    for (index, row) in read.iter().zip(rows) {
        if let Some(table) = list.get_mut(*index) {
            write(edit, table, row);
        }
    }
    for row in rows.iter().skip(read.len()) {
        let mut table = Table::new();
        table.decor_mut().set_prefix("\n");
        write(edit, &mut table, row);
        // Right behind the last, before the tables that follow.
        if let Some(position) = list.iter().last().and_then(Table::position) {
            table.set_position(position);
        }
        list.push(table);
        edit.has_changed = true;
    }
    for index in read.iter().skip(rows.len()).rev() {
        list.remove(*index);
        edit.has_changed = true;
    }
}

fn in_one_line<T>(
    edit: &mut Edit,
    list: &mut Array,
    is_read: impl Fn(&dyn TableLike) -> bool,
    rows: &[&T],
    write: impl Fn(&mut Edit, &mut dyn TableLike, &T),
) {
    let is_read = |value: &Value| value.as_inline_table().is_some_and(|table| is_read(table));
    let read: Vec<_> = (0..list.len()).filter(|&index| list.get(index).is_some_and(is_read)).collect();
    for (index, row) in read.iter().zip(rows) {
        if let Some(table) = list.get_mut(*index).and_then(Value::as_inline_table_mut) {
            write(edit, table, row);
        }
    }
    for row in rows.iter().skip(read.len()) {
        let mut table = InlineTable::new();
        write(edit, &mut table, row);
        let mut value = Value::InlineTable(table);
        if let Some(last) = list.iter().last() {
            *value.decor_mut() = last.decor().clone();
        }
        list.push_formatted(value);
        edit.has_changed = true;
    }
    for index in read.iter().skip(rows.len()).rev() {
        list.remove(*index);
        edit.has_changed = true;
    }
}
